import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "./catalog.ts";
import { runTool } from "./run-tool.ts";
import { readTarball, writeTarball } from "./tarball.ts";

interface PackageJson {
  name: string;
  version: string;
  exports: Record<string, string | Record<string, string>>;
  dependencies?: Record<string, string>;
  bin?: Record<string, string>;
  [key: string]: unknown;
}

/** What authors build against: packed as it would be published. */
const PUBLISHED = ["contracts", "ui", "sdk"] as const;
/** What their tests and their command line run on; not published, so that only its JavaScript goes along. */
const INSIDE = ["database", "kernel", "plugin-host", "create-plugin", "cli"] as const;

type Packed = Readonly<Record<string, string>>;

/** Of the command line authors get their own verbs; all others need the platform's server. */
const OTHER_VERBS = /^dist\/(?!author\/|[\w-]+\.js$)|^dist\/author\/(clone|golden|guide|modules|own-key)/;
const SERVER_PACKAGES = ["@doorstep/server", "@doorstep/tooling-fixtures", "@doorstep/plugin-ledger-import"];

function forAuthors(manifest: PackageJson): void {
  for (const name of SERVER_PACKAGES) delete manifest.dependencies?.[name];
  manifest.bin = { doorstep: "./dist/author/kit.js" };
}

/** Without the sources' own entries, and with vitest as whoever runs the tests has it. */
function published(manifest: PackageJson): PackageJson {
  const { scripts: _, devDependencies: __, ...rest } = manifest;
  const exports = Object.entries(manifest.exports ?? {}).map(([entry, target]) => [
    entry,
    typeof target === "string" ? target : target.default,
  ]);
  return {
    ...rest,
    exports: Object.fromEntries(exports),
    peerDependencies: { vitest: "*" },
    peerDependenciesMeta: { vitest: { optional: true } },
  };
}

/** The JavaScript of a package, file by file, so that what lies beside it is found as in the clone. */
async function javaScriptOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const made = await mkdtemp(join(tmpdir(), "doorstep-pack-"));
  try {
    const emit = { noEmit: false, noCheck: true, declaration: false, rewriteRelativeImportExtensions: true };
    const src = join(folder, "src");
    const project = {
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: { ...emit, allowJs: false, checkJs: false, types: [], rootDir: src, outDir: made },
      include: [src],
    };
    await writeFile(join(made, "tsconfig.json"), JSON.stringify(project));
    await runTool("tsc", ["-p", made], folder);
    const names = (await readdir(made, { recursive: true })).filter((name) => /(?<!\.test)\.js$/.test(name));
    const files = names.map(async (name) => [`dist/${name}`, await readFile(join(made, name))] as const);
    return new Map(await Promise.all(files));
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function packInside(name: (typeof INSIDE)[number], file: string): Promise<void> {
  const folder = join(ROOT, "packages", name);
  const all = await readTarball(await readFile(file));
  const manifest = published(JSON.parse(all.get("package.json")?.toString() ?? "") as PackageJson);
  let code = [...(await javaScriptOf(folder))];
  if (name === "cli") {
    forAuthors(manifest);
    code = code.filter(([path]) => !OTHER_VERBS.test(path));
  }
  const beside = [...all].filter(([path]) => path.startsWith("migrations/"));
  const written = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(file, await writeTarball(new Map([["package.json", written], ...beside, ...code])));
}

/**
 * Packs what a module outside of this clone is built and tested with.
 *
 * @param folder - where the tarballs are put; made where there is none
 * @returns the file of each package, by its name
 */
export async function packClone(folder: string): Promise<Packed> {
  await mkdir(folder, { recursive: true });
  await runTool("turbo", ["run", "build", "--filter=@doorstep/sdk", "--ui=stream", "--output-logs=errors-only"], ROOT);
  const packed: Record<string, string> = {};
  await Promise.all(
    [...PUBLISHED, ...INSIDE].map(async (name) => {
      const file = join(folder, `${name}.tgz`);
      await runTool("pnpm", ["pack", "--out", file], join(ROOT, "packages", name));
      if ((INSIDE as readonly string[]).includes(name)) await packInside(name as (typeof INSIDE)[number], file);
      packed[`@doorstep/${name}`] = relative(folder, file);
    }),
  );
  return packed;
}
