/** PostgreSQL's class for a disk without room, and the file system's own word for it. */
const FULL = new Set(["53100", "ENOSPC", "EDQUOT"]);

/** Tells whether an error means that a disk is full, and nothing about what was asked: nothing of it was kept. */
export function isFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (FULL.has(String((at as { code?: unknown }).code))) return true;
  return false;
}
