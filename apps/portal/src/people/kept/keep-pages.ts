import { plugins } from "virtual:doorstep-plugins/portal";
import type { Language } from "@doorstep/ui";
import { KEPT, type KeptRegistry, keptHere } from "../../shell/kept.ts";

const WORKER = "/kept-pages.js";
const CACHE_PREFIX = "doorstep-pages-";
const SETTLED_MS = 3_000;

/** Browsers offer it on pages that are served securely only. */
export const canKeep = (): boolean => "serviceWorker" in navigator && globalThis.isSecureContext;

async function tellWorker(words: object): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event: MessageEvent<{ readonly ok: boolean }>) => resolve(event.data.ok);
    active?.postMessage(words, [port2]);
  });
}

/** Scripts and styles that this page has asked for so far. */
const loadedSoFar = (): readonly string[] =>
  performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/assets/"))
    .map((url) => url.pathname);

/** What nobody in particular is told of the unit; rights of whoever is signed in stay out of it. */
const plain = (registry: KeptRegistry["registry"]): KeptRegistry["registry"] => ({
  ...registry,
  plugins: registry.plugins.map((one) => ({ ...one, permissions: [] })),
});

/**
 * Keeps the pages of the portal and of filing on this device, so that they open without a network.
 *
 * @param language - whose words are kept with them
 * @returns whether they lie there, whole
 */
export async function keepPages({ registry, unitCode }: KeptRegistry, language: Language): Promise<boolean> {
  await navigator.serviceWorker.register(WORKER, { updateViaCache: "none" });
  const ways = new Set(registry.channels.map((channel) => channel.pluginId));
  await Promise.all(
    plugins
      .filter((one) => ways.has(one.id))
      .map(async (one) => {
        const { default: ui } = await one.load();
        await ui.part.catalogs?.[language]();
      }),
  );
  if (!(await tellWorker({ keep: loadedSoFar() }))) return false;
  localStorage.setItem(KEPT, JSON.stringify({ unitCode, registry: plain(registry) }));
  return true;
}

/** Takes everything of it off the device, also where the worker itself does not answer. */
export async function removePages(): Promise<void> {
  localStorage.removeItem(KEPT);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) if (name.startsWith(CACHE_PREFIX)) await caches.delete(name);
}

/** While the device keeps the pages: what is loaded later is kept as well, and a new release takes the place of the old one. */
export function followKept(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (keptHere() && navigator.onLine) void tellWorker({ keep: loadedSoFar() }).catch(() => undefined);
    }, SETTLED_MS);
  };
  new PerformanceObserver((seen) => {
    if (seen.getEntries().some((entry) => new URL(entry.name).pathname.startsWith("/assets/"))) soon();
  }).observe({ type: "resource", buffered: true });
  // A server that has taken the worker away takes it away everywhere.
  navigator.serviceWorker.register(WORKER, { updateViaCache: "none" }).catch(async () => {
    const answer = await fetch(WORKER, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
    if (answer?.status === 404) await removePages();
  });
}
