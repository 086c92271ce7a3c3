/*
 * Keeps the portal's own page and scripts on a phone whose owner asked for it, so that it opens without a network. With a
 * network every page comes from the server; what is asked of the server (/rpc, /api) is never touched, and no answer about
 * anybody is kept.
 */
const PREFIX = "doorstep-pages-";
const PAGE = "/";
const ELSEWHERE = /^\/(admin|api|assets|healthz|livez|metrics|openapi\.json|plugins|readyz|rpc|x)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!ELSEWHERE.test(pathname)) event.respondWith(fetch(request).catch(() => keptOr(PAGE, () => Response.error())));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(keptOr(request.url, () => fetch(request)));
  }
});

/** Whatever is wrong with what is kept, the network is asked. */
async function keptOr(address, otherwise) {
  const found = await caches.match(address).catch(() => undefined);
  return found ?? otherwise();
}

let last = Promise.resolve();
self.addEventListener("message", (event) => {
  const { keep, forget } = event.data ?? {};
  const work = last.then(() => (forget ? removeAll() : keep ? keepThese(keep) : undefined));
  last = work.catch(() => undefined);
  event.waitUntil(
    work.then(
      () => event.ports[0]?.postMessage({ ok: true }),
      () => event.ports[0]?.postMessage({ ok: false }),
    ),
  );
});

/** The page as it is today with all it needs and what was asked for; what an earlier release kept goes once it is whole. */
async function keepThese(addresses) {
  const answer = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error("no page");
  const html = await answer.clone().text();
  const name = PREFIX + (await hashOf(html.replaceAll(/nonce="[^"]*"/g, "")));
  const [, map = "{}"] = /<script type="importmap">([^<]*)<\/script>/.exec(html) ?? [];
  const { integrity = {} } = JSON.parse(map);
  const inPage = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address]) => address);
  const cache = await caches.open(name);
  try {
    // A script that today's page does not know is of another release.
    const asked = addresses.filter(
      (address) => address.startsWith("/assets/") && (address in integrity || address.endsWith(".css")),
    );
    for (const address of new Set([...inPage, ...asked])) {
      if (await cache.match(address)) continue;
      const file = await fetch(address, integrity[address] ? { integrity: integrity[address] } : {});
      if (file.ok) await cache.put(address, file);
      else if (inPage.includes(address)) throw new Error("no file");
    }
    await cache.put(PAGE, answer);
  } catch (error) {
    if (!(await cache.match(PAGE))) await caches.delete(name);
    throw error;
  }
  await removeAll(name);
}

async function removeAll(but) {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== but) await caches.delete(name);
}

async function hashOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 16);
}
