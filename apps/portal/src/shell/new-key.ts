/** A key for one intended act: sent again with it, the act is done once. */
export function newKey(): string {
  return crypto.randomUUID();
}
