import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import type { Platform } from "@doorstep/server";
import { BuildError } from "../build-error.ts";
import { buildPlugin } from "../build-plugin.ts";

/** An editor writes a file in several steps. */
const SETTLE_MS = 150;
const WATCHED = ["src", "migrations"];
const by = { by: "system", why: "doorstep dev" } as const;

export interface ServeOptions {
  readonly platform: Platform;
  readonly folder: string;
  /** PEM of the platform's own key */
  readonly key: string;
  readonly print: (line: string) => void;
}

/** Builds a module as it is now and puts it into the running platform, with all it asks for. @returns what came of it */
async function putIn({ platform, folder, key }: ServeOptions): Promise<string> {
  const office = platform.host.archives;
  if (!office) throw new Error("modules cannot be installed here");
  const since = performance.now();
  try {
    const { archive, manifest } = await buildPlugin(folder, key, { onByDefault: true });
    const looked = await office.look(archive);
    if (!looked.ok) return looked.problems.map((one) => `${one.message.en} ${one.fix?.en ?? ""}`).join("\n");
    await office.install(archive, looked.look.more, by);
    return `${manifest.id} ${manifest.version} runs (${Math.round(performance.now() - since)} ms). Reload the page.`;
  } catch (error) {
    if (error instanceof BuildError) return `It cannot be built, what ran before goes on: ${error.message}`;
    return `It does not come up, what ran before goes on: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * Keeps a module in a running platform as its sources are; each change is built and put in, one after the other.
 *
 * @returns ends the watching
 */
export async function serveModule(options: ServeOptions): Promise<() => Promise<void>> {
  options.print(await putIn(options));
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(async () => options.print(await putIn(options)));
    }, SETTLE_MS);
  };
  const watchers: FSWatcher[] = WATCHED.map((name) => join(options.folder, name))
    .filter((folder) => existsSync(folder))
    .map((folder) => watch(folder, { recursive: true }, changed));
  return async () => {
    clearTimeout(timer);
    for (const one of watchers) one.close();
    await working;
  };
}
