import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "./workspace.ts";

/** What goes into a file of its own: paths from the workspace's root; a folder ends in `/` and means everything below. */
export interface ChunkFiles {
  readonly of: readonly string[];
  /** these of the folders stay where they are used */
  readonly but?: readonly string[];
}

const posix = (path: string): string => path.replaceAll("\\", "/");

/**
 * Says of a module whether it belongs into the file.
 *
 * @throws Error for a path that is not there: a file that was renamed would otherwise fall out of its chunk unseen
 */
export function ownChunk(files: ChunkFiles, root = workspaceRoot): (id: string) => boolean {
  const absolute = (path: string): string => {
    const at = join(root, path);
    if (!existsSync(at))
      throw new Error(`${path} is named for a chunk of its own, but is not there: correct app-config.ts`);
    return posix(at);
  };
  const wanted = files.of.map(absolute);
  const left = (files.but ?? []).map(absolute);
  const isAt = (id: string) => (path: string) => (path.endsWith("/") ? id.startsWith(path) : id === path);
  return (id) => {
    const file = posix(id).replace(/\?.*$/, "");
    return wanted.some(isAt(file)) && !left.some(isAt(file));
  };
}
