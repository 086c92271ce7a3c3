import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of the repository: this package stands two folders below it. */
export const workspaceRoot = resolve(import.meta.dirname, "../../..");

export type AppName = "portal" | "admin";

export interface PluginEntry {
  readonly id: string;
  readonly file: string;
}

export interface PluginFolder {
  readonly id: string;
  readonly folder: string;
}

const DEFINED_ID = /\bid:\s*"([a-z][a-z0-9-]*)"/;

/** A plugin's id stands in its definition, which is not run for it. */
function withId(folder: string): PluginFolder {
  const file = join(folder, "src", "plugin.ts");
  const id = DEFINED_ID.exec(readFileSync(file, "utf8"))?.[1];
  if (id === undefined) throw new Error(`${file} must define the plugin with its id as a plain text`);
  return { id, folder };
}

/**
 * The plugins of this source tree, in a fixed order, and those that lie elsewhere and are being developed.
 *
 * @param elsewhere - their folders
 */
export function pluginFolders(
  elsewhere: readonly string[] = [],
  pluginsDir: string = join(workspaceRoot, "plugins"),
): readonly PluginFolder[] {
  const here = readdirSync(pluginsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => withId(join(pluginsDir, entry.name)))
    .sort((one, other) => one.id.localeCompare(other.id, "en"));
  return [...here, ...elsewhere.map((folder) => withId(resolve(folder)))];
}

/** Those of them that bring pages or panels for an app. */
export const entriesFor = (app: AppName, folders: readonly PluginFolder[]): readonly PluginEntry[] =>
  folders
    .map(({ id, folder }) => ({ id, file: join(folder, "src", "ui", `${app}.ts`) }))
    .filter((entry) => existsSync(entry.file));
