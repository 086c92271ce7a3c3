import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of the repository: this package stands two folders below it. */
export const workspaceRoot = resolve(import.meta.dirname, "../../..");

export type AppName = "portal" | "admin";

export interface PluginEntry {
  readonly id: string;
  readonly file: string;
}

/** Lists the plugins of this source tree that bring pages or panels for an app, in a fixed order. */
export function pluginEntries(
  app: AppName,
  pluginsDir: string = join(workspaceRoot, "plugins"),
): readonly PluginEntry[] {
  return readdirSync(pluginsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ id: entry.name, file: join(pluginsDir, entry.name, "src", "ui", `${app}.ts`) }))
    .filter((entry) => existsSync(entry.file))
    .sort((one, other) => one.id.localeCompare(other.id, "en"));
}
