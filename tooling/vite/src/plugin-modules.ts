import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { partsOf } from "./parts-of.ts";
import { type AppName, entriesFor, type PluginFolder } from "./workspace.ts";

/** The module an app imports to get at the plugins' browser halves. */
const VIRTUAL = "virtual:doorstep-plugins/";
const RESOLVED = `\0${VIRTUAL}`;

/**
 * Composes the plugins at build time: `virtual:doorstep-plugins/<app>` exports `plugins`, a list of
 * `{ id, live, parts, load() }`. Loading is left to the app, so that a plugin that is off at a unit, or gives nothing to the
 * page in view, is not even downloaded. While developing they are live: their sources go before what is installed.
 */
export function pluginModules(app: AppName, folders: readonly PluginFolder[], live: boolean): Plugin {
  return {
    name: "doorstep:plugin-modules",
    resolveId: (id) => (id === VIRTUAL + app ? RESOLVED + app : undefined),
    load(id) {
      if (id !== RESOLVED + app) return undefined;
      const items = entriesFor(app, folders).map(({ id, file }) => {
        this.addWatchFile(file);
        const parts = partsOf(file, readFileSync(file, "utf8"));
        return `{ ...${JSON.stringify({ id, live, parts })}, load: () => import(${JSON.stringify(file)}) }`;
      });
      return `export const plugins = [${items.join(", ")}];`;
    },
  };
}

const IMPORT = /^import \{ plugin \} from "(?:\.{1,2}\/)+plugin\.ts";$/m;

/**
 * Gives the browser only the id of a plugin: settings, permissions and their schemas come from the host, so that a
 * page of a plugin does not carry the validation library. It is written into each file that names it: a module that all of
 * them share would be a file, and so a trip over the line, of its own for each plugin.
 */
export function pluginIdentity(folders: readonly PluginFolder[]): Plugin {
  const ids = new Map(folders.map(({ id, folder }) => [join(folder, "src", "plugin.ts"), id]));
  const identity = (id: string): string => `const plugin = { id: ${JSON.stringify(id)} };`;
  return {
    name: "doorstep:plugin-identity",
    enforce: "pre",
    load(file) {
      const id = ids.get(file);
      return id === undefined ? undefined : `export ${identity(id)}`;
    },
    transform(code, file) {
      const owner = folders.find(({ folder }) => file.startsWith(join(folder, "src", "ui")));
      return owner && IMPORT.test(code) ? { code: code.replace(IMPORT, identity(owner.id)), map: null } : undefined;
    },
  };
}
