import { join } from "node:path";

/** The server's own SQL files: logins and the set-up link. */
export const serverMigrations = { package: "server", dir: join(import.meta.dirname, "..", "migrations") } as const;
