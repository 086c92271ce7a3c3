import { existsSync } from "node:fs";
import { join } from "node:path";

const beside = join(import.meta.dirname, "..", "..", "..", "..", "..", "shared", "data");

/** The folder of real registers beside the checkout; tests that need it are skipped where it is absent. */
export const sharedData: string | undefined = existsSync(beside) ? beside : undefined;
