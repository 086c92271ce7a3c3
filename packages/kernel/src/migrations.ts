import { join } from "node:path";

/** The kernel's SQL files, for `migrate` and `openTestDatabase`. */
export const kernelMigrations = { package: "kernel", dir: join(import.meta.dirname, "..", "migrations") } as const;
