import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateError } from "./create-error.ts";
import { Draft } from "./draft.ts";
import { checkedKey } from "./names.ts";
import type { Piece } from "./pieces/piece.ts";
import { type PieceName, pieces } from "./pieces/pieces.ts";

/** The id by which a folder's package says which module it is. */
function idOf(folder: string): string {
  const file = join(folder, "package.json");
  const name = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name : undefined;
  const id = /plugin-([a-z0-9-]+)$/.exec(name ?? "")?.[1];
  if (id === undefined) throw new CreateError(`${folder} is no module: its package is not called …plugin-<id>`);
  return id;
}

/**
 * Adds a piece to the sources of a module; what stands there stays as it is. Writes nothing where one part does not fit.
 *
 * @param key - what its contribution is to be called
 * @returns the files that were made or changed
 * @throws CreateError
 */
export function addPiece(folder: string, name: PieceName, key?: string): readonly string[] {
  const piece: Piece = pieces[name];
  const draft = new Draft(folder);
  piece.add(draft, checkedKey(key ?? piece.key), idOf(folder));
  return draft.write();
}
