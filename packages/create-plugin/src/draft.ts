import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CreateError } from "./create-error.ts";
import { SourceFile } from "./source-file.ts";

type Words = Readonly<Record<"zh-CN" | "en", string>>;
interface Catalog {
  [key: string]: string | Catalog;
}

const DEFINITION = "src/plugin.ts";
const SERVER = "src/server.ts";
const PORTAL = "src/ui/portal.ts";

const portal = `import { pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import { catalogs } from "./catalogs.ts";

export default pluginUi(plugin, "portal", {
  catalogs,
});
`;
const catalogs = `export const catalogs = {
  "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
  en: async () => (await import("./en.json", { with: { type: "json" } })).default,
};
`;

/** A text in both languages, as it stands in a definition. */
export const both = (words: Words): string =>
  `{ "zh-CN": ${JSON.stringify(words["zh-CN"])}, en: ${JSON.stringify(words.en)} }`;

/** Changes to the folder of a module, made together or not at all. */
export class Draft {
  readonly #folder: string;
  readonly #files = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  #read(path: string): string | undefined {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file = join(this.#folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** @throws CreateError where the file is there */
  create(path: string, text: string): void {
    if (this.#read(path) !== undefined) throw new CreateError(`${path} is there already`);
    this.#files.set(path, text);
  }

  #edit(path: string, change: (file: SourceFile) => void): void {
    const code = this.#read(path);
    if (code === undefined) throw new CreateError(`there is no ${path} in ${this.#folder}`);
    const file = new SourceFile(path, code);
    change(file);
    this.#files.set(path, file.code);
  }

  definition(change: (file: SourceFile) => void): void {
    this.#edit(DEFINITION, change);
  }

  server(change: (file: SourceFile) => void): void {
    this.#edit(SERVER, change);
  }

  /** The half that the portal loads; made with its catalogues where there is none. */
  portal(change: (file: SourceFile) => void): void {
    if (this.#read(PORTAL) === undefined) {
      this.create(PORTAL, portal);
      this.create("src/ui/catalogs.ts", catalogs);
      this.create("src/ui/zh-CN.json", "{}\n");
      this.create("src/ui/en.json", "{}\n");
    }
    this.#edit(PORTAL, change);
  }

  /** Words of the screens, under a group of their own. */
  words(group: string, words: Readonly<Record<string, Words>>): void {
    for (const language of ["zh-CN", "en"] as const) {
      const path = `src/ui/${language}.json`;
      const catalog = JSON.parse(this.#read(path) ?? "{}") as Catalog;
      if (catalog[group] !== undefined) throw new CreateError(`${path} has ${group} already`);
      catalog[group] = Object.fromEntries(Object.entries(words).map(([key, text]) => [key, text[language]]));
      this.#files.set(path, `${JSON.stringify(catalog, null, 2)}\n`);
    }
  }

  /** A right that roles hold; one that is there stays as it is. */
  permission(name: string, title: Words, roles: readonly string[]): void {
    const grants = roles.map((role) => JSON.stringify(role)).join(", ");
    this.definition((file) => {
      if (!file.has("definePlugin", "permissions", name))
        file.add("definePlugin", ["permissions"], name, `{ title: ${both(title)}, grants: [${grants}] }`);
    });
  }

  /** A procedure at the module's own address. */
  procedure(name: string, text: string): void {
    this.server((file) => {
      file.import("@doorstep/sdk/server", "pluginRpc", "pluginServer");
      file.declare("const { router, procedure } = pluginRpc(plugin);");
      file.add("pluginServer", [["router", "router"]], name, text);
    });
  }

  /** The next file of SQL: what was installed somewhere is never written anew. */
  migration(name: string, sql: string): void {
    const folder = join(this.#folder, "migrations");
    const there = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".sql")) : [];
    const drafted = [...this.#files.keys()].filter((file) => file.startsWith("migrations/"));
    const last = Math.max(0, ...there.map((file) => Number.parseInt(file, 10) || 0)) + drafted.length;
    this.create(`migrations/${String(last + 1).padStart(4, "0")}-${name}.sql`, sql);
  }

  /** One more test of the module's own. */
  test(id: string, names: readonly string[], text: string): void {
    const path = `src/${id}.test.ts`;
    this.#edit(path, (file) => {
      file.import("@doorstep/sdk/test", ...names);
      file.import("vitest", "expect", "test");
    });
    this.append(path, "", text);
  }

  /** Adds to a file, or makes it. */
  append(path: string, head: string, text: string): void {
    this.#files.set(path, `${this.#read(path) ?? head}\n${text}`);
  }

  /** @returns the paths that were written */
  write(): readonly string[] {
    for (const [path, text] of this.#files) {
      const file = join(this.#folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return [...this.#files.keys()];
  }
}
