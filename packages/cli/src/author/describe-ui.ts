import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ManifestContribution, type Text, uiPoints } from "@doorstep/sdk";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { BuildError } from "./build-error.ts";

const UI = "\0doorstep-ui";

/** Instead of the page's parts: what a declaration is made with. Whatever else is imported is `undefined` here. */
const declaring: Plugin = {
  name: "doorstep-declaring",
  resolveId: (name) => (name === "@doorstep/sdk/ui" ? UI : null),
  load: (file) => {
    if (file.endsWith(".css")) return { code: "export {};", moduleType: "js" };
    if (file !== UI) return null;
    const code = "export const pluginUi = (plugin, app, part) => ({ part }); export const lazyPart = () => () => null;";
    return { code, moduleType: "js" };
  },
};

type Part = Readonly<Record<string, unknown>>;

async function partOf(folder: string, app: "portal" | "admin"): Promise<Part> {
  const entry = join(folder, "src", "ui", `${app}.ts`);
  const build = await rolldown({
    input: entry,
    platform: "node",
    plugins: [declaring],
    shimMissingExports: true,
    resolve: { conditionNames: ["@doorstep/source", "node"] },
    transform: { jsx: { runtime: "automatic", development: false } },
    logLevel: "silent",
  });
  const made = await mkdtemp(join(tmpdir(), "doorstep-ui-"));
  try {
    const { output } = await build.generate({ format: "esm", codeSplitting: false });
    const chunk = output.find((one): one is OutputChunk => one.type === "chunk");
    const file = join(made, "ui.mjs");
    await writeFile(file, chunk?.code ?? "");
    const { default: ui } = (await import(pathToFileURL(file).href)) as { default?: { part?: Part } };
    if (!ui?.part) throw new BuildError(`src/ui/${app}.ts must export what pluginUi() gives`);
    return ui.part;
  } catch (error) {
    if (error instanceof BuildError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new BuildError(`src/ui/${app}.ts must do nothing but declare while it is loaded: ${why}`, { cause: error });
  } finally {
    await build.close();
    await rm(made, { recursive: true, force: true });
  }
}

const single: readonly string[] = ["filingStep", "settingsForm"];
const titleOf = (value: unknown): Text | null => (value as { readonly title?: Text }).title ?? null;

/** What one app shows of the plugin. */
function contributionsOf(id: string, app: "portal" | "admin", part: Part): readonly ManifestContribution[] {
  const unknown = Object.keys(part).find((name) => name !== "catalogs" && !Object.hasOwn(uiPoints[app], name));
  if (unknown !== undefined) throw new BuildError(`src/ui/${app}.ts: the ${app} has no place for ${unknown}`);
  return Object.entries(uiPoints[app]).flatMap(([name, point]) => {
    const given = part[name];
    const keyed = single.includes(name) && given !== undefined ? { [name]: given } : ((given ?? {}) as Part);
    return Object.entries(keyed).map(([key, value]) => ({ point, key: `${id}/${key}`, title: titleOf(value) }));
  });
}

/**
 * What the browser halves show and where, so that the host knows it without running anything of them.
 *
 * @throws BuildError
 */
export async function describeUi(folder: string, id: string): Promise<readonly ManifestContribution[]> {
  const found: ManifestContribution[] = [];
  for (const app of ["portal", "admin"] as const)
    if (existsSync(join(folder, "src", "ui", `${app}.ts`)))
      found.push(...contributionsOf(id, app, await partOf(folder, app)));
  return found;
}
