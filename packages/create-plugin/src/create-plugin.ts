import { existsSync, readdirSync } from "node:fs";
import { addPiece } from "./add-piece.ts";
import { CreateError } from "./create-error.ts";
import { Draft } from "./draft.ts";
import { checkId } from "./names.ts";
import { type PieceName, withNeeds } from "./pieces/pieces.ts";
import { type Sources, skeleton } from "./skeleton.ts";

export interface CreateOptions {
  readonly folder: string;
  readonly id: string;
  readonly title: Readonly<Record<"zh-CN" | "en", string>>;
  readonly with: readonly PieceName[];
  readonly sources: Sources;
}

/** @throws CreateError where something is in the folder, or the id is none. */
export function checkNew({ folder, id }: Pick<CreateOptions, "folder" | "id">): void {
  checkId(id);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CreateError(`${folder} is not empty`);
}

/**
 * Writes a new module into an empty folder: what it is and the pieces it begins with.
 *
 * @throws CreateError where something is in the folder, or the id is none.
 */
export function createPlugin(options: CreateOptions): void {
  const { folder, id, title, sources } = options;
  checkNew(options);
  const draft = new Draft(folder);
  for (const [path, text] of Object.entries(skeleton({ id, title, sources }))) draft.create(path, text);
  draft.write();
  for (const name of withNeeds(options.with)) addPiece(folder, name);
}
