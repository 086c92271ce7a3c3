import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type ArchiveUi, sharedModules } from "@doorstep/sdk";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { esmExternalRequirePlugin } from "rolldown/plugins";
import { BuildError } from "./build-error.ts";
import { fenceCss } from "./fence-css.ts";

const SHARED: readonly string[] = sharedModules;

/** Behind `@doorstep/sdk/ui`: a copy of its own would know neither the reader nor his language. */
const hosts = /^(?:react|react-dom|scheduler|@doorstep\/ui|@doorstep\/sdk\/(?:server|runner|ui-host|test))(?:\/|$)/;

const apps = ["portal", "admin"] as const;

export interface BuiltUi {
  /** by their path in the archive */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly ui: ArchiveUi;
}

/** Settings, permissions and their schemas come from the host: the browser gets no more than the id. */
const identityOnly = (folder: string, id: string): Plugin => ({
  name: "doorstep-identity",
  load: (file) =>
    file === join(folder, "src", "plugin.ts")
      ? { code: `export const plugin = { id: ${JSON.stringify(id)} };`, moduleType: "js" }
      : null,
});

const onlyWhatIsShared = (folder: string): Plugin => ({
  name: "doorstep-shared",
  resolveId: (name, importer) => {
    if (SHARED.includes(name)) return null;
    const by = importer === undefined ? "" : relative(folder, importer);
    if (name.startsWith("node:")) throw new BuildError(`${by} imports ${name}, which no browser has`);
    if (hosts.test(name))
      throw new BuildError(`${by} imports ${name}: a page may share only ${SHARED.join(", ")} with the platform`);
    return null;
  },
});

/** Takes the style sheets out of the modules that import them; the page loads them beside the code. */
const styleSheets = (folder: string, id: string, found: Map<string, string>): Plugin => ({
  name: "doorstep-css",
  load: async (file) => {
    if (!file.endsWith(".css")) return null;
    found.set(file, fenceCss(id, relative(folder, file), await readFile(file, "utf8")));
    return { code: "export {};", moduleType: "js" };
  },
});

const short = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 8);

async function bundleApp(folder: string, id: string, app: (typeof apps)[number]) {
  const sheets = new Map<string, string>();
  const build = await rolldown({
    input: join(folder, "src", "ui", `${app}.ts`),
    platform: "browser",
    // What the entry needs itself stays in it, however many of its pages need it, too: each file costs every page its hash.
    preserveEntrySignatures: "allow-extension",
    plugins: [
      onlyWhatIsShared(folder),
      identityOnly(folder, id),
      styleSheets(folder, id, sheets),
      esmExternalRequirePlugin({ external: [...SHARED] }),
    ],
    resolve: { conditionNames: ["@doorstep/source", "module", "browser", "production"] },
    transform: {
      target: "chrome111",
      jsx: { runtime: "automatic", development: false },
      define: { "process.env.NODE_ENV": '"production"' },
    },
    logLevel: "silent",
  });
  try {
    const { output } = await build.generate({
      format: "esm",
      minify: true,
      entryFileNames: `ui/${app}/entry-[hash].js`,
      chunkFileNames: `ui/${app}/chunk-[hash].js`,
    });
    const chunks = output.filter((one): one is OutputChunk => one.type === "chunk");
    const own = new Set(chunks.map((chunk) => chunk.fileName));
    const loose = chunks
      .flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
      .find((name) => !own.has(name) && !SHARED.includes(name));
    if (loose !== undefined) throw new BuildError(`src/ui/${app}.ts needs ${loose}, which was not found`);
    const entry = chunks.find((chunk) => chunk.isEntry);
    if (!entry) throw new BuildError(`src/ui/${app}.ts has no entry`);
    if (!entry.exports.includes("default")) throw new BuildError(`src/ui/${app}.ts has no default export`);
    const files = new Map(chunks.map((chunk) => [chunk.fileName, Buffer.from(chunk.code)]));
    const order = chunks.flatMap((chunk) => chunk.moduleIds);
    const css = [...sheets].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([, text]) => text);
    const sheet = `ui/${app}/style-${short(css.join(""))}.css`;
    if (css.length > 0) files.set(sheet, Buffer.from(css.join("\n")));
    return { files, part: { entry: entry.fileName, css: css.length > 0 ? [sheet] : [] } };
  } catch (error) {
    if (error instanceof BuildError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new BuildError(cause, { cause: error });
  } finally {
    await build.close();
  }
}

/**
 * Bundles the browser halves of a plugin: self-contained modules that share with the platform `sharedModules`, and one
 * fenced style sheet.
 *
 * @throws BuildError
 */
export async function bundleUi(folder: string, id: string): Promise<BuiltUi> {
  const files = new Map<string, Buffer>();
  const ui: { -readonly [A in keyof ArchiveUi]: ArchiveUi[A] } = {};
  for (const app of apps) {
    if (!existsSync(join(folder, "src", "ui", `${app}.ts`))) continue;
    const built = await bundleApp(folder, id, app);
    ui[app] = built.part;
    for (const [name, bytes] of built.files) files.set(name, bytes);
  }
  return { files, ui };
}
