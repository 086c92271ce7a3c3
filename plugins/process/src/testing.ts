import { existsSync } from "node:fs";
import { join } from "node:path";

const beside = join(import.meta.dirname, "..", "..", "..", "..", "shared", "data");

/** A real file beside the checkout; tests that need it are skipped where it is absent. */
export const realFile = (path: string): string | undefined => {
  const file = join(beside, path);
  return existsSync(file) ? file : undefined;
};
