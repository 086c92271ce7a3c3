import type { Draft } from "../draft.ts";

/** One thing that a module can do, as the generator writes it. */
export interface Piece {
  readonly summary: string;
  /** What its contribution is called where nobody says. */
  readonly key: string;
  /** Pieces that have to be there before. */
  readonly needs?: readonly string[];
  add(draft: Draft, key: string, id: string): void;
}
