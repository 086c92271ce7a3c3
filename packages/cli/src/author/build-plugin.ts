import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MANIFEST, SERVER, SIGNATURE, sha384, signManifest, writeArchive } from "@doorstep/plugin-host";
import { type ArchiveManifest, floorOf, type Manifest } from "@doorstep/sdk";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { BuildError } from "./build-error.ts";
import { bundleUi } from "./bundle-ui.ts";
import { describeUi } from "./describe-ui.ts";

export interface BuiltPlugin {
  readonly manifest: ArchiveManifest;
  /** such as `notify-mail-0.1.0.dsp` */
  readonly fileName: string;
  readonly archive: Buffer;
}

const ENTRY = "doorstep:entry";

/** Text that is bundled as if it were a file beside the plugin's own: what it names is found from there. */
const entryOf = (folder: string, code: string): Plugin => ({
  name: "doorstep-entry",
  resolveId: async function (id, importer) {
    if (id === ENTRY) return id;
    return importer === ENTRY ? await this.resolve(id, join(folder, "package.json"), { skipSelf: true }) : null;
  },
  load: (id) => (id === ENTRY ? { code, moduleType: "js" } : null),
});

/** One file that needs nothing beside it; what Node brings stays outside. */
async function bundle(folder: string, code: string): Promise<string> {
  const build = await rolldown({
    input: ENTRY,
    platform: "node",
    // A client in C that nobody here has; pg asks for it and goes on without.
    external: [/^node:/, "pg-native"],
    plugins: [entryOf(folder, code)],
    resolve: { conditionNames: ["@doorstep/source", "node"] },
    logLevel: "silent",
  });
  try {
    const { output } = await build.generate({
      format: "esm",
      codeSplitting: false,
    });
    const chunks = output.filter((one): one is OutputChunk => one.type === "chunk");
    const [chunk] = chunks;
    if (!chunk || chunks.length > 1) throw new BuildError("the server half does not fit into one file");
    const loose = [...chunk.imports, ...chunk.dynamicImports].find((name) => !isBuiltin(name) && name !== "pg-native");
    if (loose !== undefined) throw new BuildError(`the server half needs ${loose}, which was not found`);
    return chunk.code;
  } catch (error) {
    if (error instanceof BuildError) throw error;
    throw new BuildError(error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    await build.close();
  }
}

const RUN = `import server from "./src/server.ts";
import { ownPort, runPlugin } from "@doorstep/sdk/runner";
runPlugin(server, ownPort());`;

const describing = (version: string): string => `import server from "./src/server.ts";
import { manifestOf } from "@doorstep/sdk/server";
export const manifest = manifestOf(server, ${JSON.stringify(version)});`;

/** The manifest is made by running the definition, here and never on the platform. */
async function describePlugin(folder: string, version: string): Promise<Manifest> {
  const made = await mkdtemp(join(tmpdir(), "doorstep-build-"));
  try {
    const file = join(made, "manifest.mjs");
    await writeFile(file, await bundle(folder, describing(version)));
    const { manifest } = (await import(pathToFileURL(file).href)) as { manifest: Manifest };
    return structuredClone(manifest);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function versionOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => {
    throw new BuildError(`there is no package.json in ${folder}`);
  });
  const { version } = JSON.parse(text) as { version?: unknown };
  if (typeof version !== "string") throw new BuildError("package.json has no version");
  return version;
}

async function migrationsOf(folder: string): Promise<readonly (readonly [string, Buffer])[]> {
  const dir = join(folder, "migrations");
  if (!existsSync(dir)) return [];
  const names = (await readdir(dir)).filter((name) => name.endsWith(".sql"));
  return await Promise.all(names.map(async (name) => [`migrations/${name}`, await readFile(join(dir, name))] as const));
}

/** Files that people read, where an author wrote them. */
const PAPERS = ["README.md", "CHANGELOG.md"];

/**
 * Makes the archive of a plugin: one server file with everything in it, its browser halves, its SQL, and `plugin.json` with the hash of each.
 * The same sources give the same bytes.
 *
 * @param folder - where the plugin's `package.json` and `src/server.ts` are
 * @param privateKey - PEM of an Ed25519 key; without it the archive is not signed
 * @param inDevelopment - what its manifest says otherwise than its definition
 * @throws BuildError
 */
export async function buildPlugin(
  folder: string,
  privateKey?: string,
  inDevelopment: Partial<Pick<ArchiveManifest, "onByDefault">> = {},
): Promise<BuiltPlugin> {
  const version = await versionOf(folder);
  if (!existsSync(join(folder, "src", "server.ts"))) throw new BuildError("there is no src/server.ts");
  const files = new Map<string, Buffer>([[SERVER, Buffer.from(await bundle(folder, RUN))]]);
  for (const [name, bytes] of await migrationsOf(folder)) files.set(name, bytes);
  for (const name of PAPERS) if (existsSync(join(folder, name))) files.set(name, await readFile(join(folder, name)));
  const described = await describePlugin(folder, version);
  const { files: pages, ui } = await bundleUi(folder, described.id);
  for (const [name, bytes] of pages) files.set(name, bytes);
  const contributions = [...described.contributions, ...(await describeUi(folder, described.id))];
  const manifest: ArchiveManifest = {
    ...described,
    ...inDevelopment,
    contributions,
    sdkFloor: floorOf({ capabilities: described.capabilities, contributions }),
    ui,
    files: Object.fromEntries(
      [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, b]) => [name, sha384(b)]),
    ),
  };
  const written = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  files.set(MANIFEST, written);
  if (privateKey !== undefined) files.set(SIGNATURE, Buffer.from(JSON.stringify(signManifest(written, privateKey))));
  return { manifest, fileName: `${manifest.id}-${version}.dsp`, archive: await writeArchive(files) };
}
