/**
 * Reads where to go afterwards from an address that anybody may have made: only a path of this house, never another
 * site (`//elsewhere`, `/\elsewhere`, and either with a tab inside, are such in a browser).
 */
export function localPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) && !/\s/.test(value) ? value : undefined;
}
