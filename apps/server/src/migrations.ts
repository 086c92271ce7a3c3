import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Migrations, pluginNames } from "@doorstep/database";
import { kernelMigrations } from "@doorstep/kernel";
import { type PluginSource, pluginHostMigrations } from "@doorstep/plugin-host";

/** The server's own SQL files: logins and the set-up link. */
export const serverMigrations = { package: "server", dir: join(import.meta.dirname, "..", "migrations") } as const;

/** Every set of migrations this release brings of its own, in the order in which they run. */
export const ownMigrations: readonly Migrations[] = [kernelMigrations, pluginHostMigrations, serverMigrations];

/** The sets of modules; their own boot applies them. */
export const moduleMigrations = (sources: readonly PluginSource[]): readonly Migrations[] =>
  sources
    .map(({ id, root }) => ({ package: pluginNames(id).schema, dir: join(root, "migrations") }))
    .filter(({ dir }) => existsSync(dir));
