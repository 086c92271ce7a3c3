import { join } from "node:path";

/** The host's SQL files; they follow the kernel's. */
export const pluginHostMigrations = {
  package: "plugin-host",
  dir: join(import.meta.dirname, "..", "migrations"),
} as const;
