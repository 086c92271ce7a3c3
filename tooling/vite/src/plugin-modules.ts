import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Plugin } from "vite";
import { type AppName, pluginEntries, workspaceRoot } from "./workspace.ts";

/** The module an app imports to get at the plugins' browser halves. */
const VIRTUAL = "virtual:doorstep-plugins/";
const RESOLVED = `\0${VIRTUAL}`;

/**
 * Composes the plugins at build time: `virtual:doorstep-plugins/<app>` exports `plugins`, a list of
 * `{ id, load() }`. Loading is left to the app, so that a plugin that is off at a unit is not even downloaded.
 */
export function pluginModules(app: AppName): Plugin {
  return {
    name: "doorstep:plugin-modules",
    resolveId: (id) => (id === VIRTUAL + app ? RESOLVED + app : undefined),
    load(id) {
      if (id !== RESOLVED + app) return undefined;
      const items = pluginEntries(app).map(
        (entry) => `{ id: ${JSON.stringify(entry.id)}, load: () => import(${JSON.stringify(entry.file)}) }`,
      );
      return `export const plugins = [${items.join(", ")}];`;
    },
  };
}

/**
 * Gives the browser only the id of a plugin: settings, permissions and their schemas come from the host, so that a
 * page of a plugin does not carry the validation library.
 */
export function pluginIdentity(pluginsDir: string = join(workspaceRoot, "plugins")): Plugin {
  const definition = new RegExp(`^${escaped(pluginsDir + sep)}([^/\\\\]+)[/\\\\]src[/\\\\]plugin\\.ts$`);
  return {
    name: "doorstep:plugin-identity",
    enforce: "pre",
    load(file) {
      const id = definition.exec(file)?.[1];
      if (id === undefined) return undefined;
      if (!readFileSync(file, "utf8").includes(`id: "${id}"`)) {
        this.error(`${file} must define the plugin with the id of its folder, "${id}"`);
      }
      return `export const plugin = { id: ${JSON.stringify(id)} };`;
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
