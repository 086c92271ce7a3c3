import { pointOf } from "./contributions.ts";
import type { UiHost } from "./host-context.ts";
import type { UiPart } from "./plugin-ui.ts";

/** Where in the plugin's own files: never what the error says, which may hold somebody's words. */
const placeIn = (error: unknown): string | null => {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return /\/plugins\/[^\s)]*\/([\w-]+\.js:\d+:\d+)/.exec(stack)?.[1] ?? null;
};

const told = new Set<string>();

/** Tells the server, once a page, that a part of a plugin failed; nobody is named, and no cookie goes along. */
export function reportCrash(host: UiHost, pluginId: string, part: keyof UiPart, error: unknown): void {
  const version = host.registry?.plugins.find((plugin) => plugin.id === pluginId)?.version;
  const point = pointOf(host.app, part);
  const key = `${pluginId} ${point}`;
  if (version === undefined || point === undefined || told.has(key)) return;
  told.add(key);
  // What fails while a failure is told changes nothing for the reader.
  void host.anonymousKernel.modules.crash
    .mutate({ pluginId, moduleVersion: version, point, place: placeIn(error) })
    .catch(() => undefined);
}
