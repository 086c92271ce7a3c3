import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync(join(import.meta.dirname, "../../../public/kept-pages.js"), "utf8");
const ORIGIN = "https://door.example";

/** As much of a browser as the worker uses; `served` is what the server has, `null` a network that is gone. */
function phone() {
  const stores = new Map<string, Map<string, Response>>();
  const asked: string[] = [];
  const state = { served: {} as Record<string, string> | null };
  const pathOf = (at: string | { readonly url: string }) =>
    new URL(typeof at === "string" ? at : at.url, ORIGIN).pathname;
  const cacheOf = (store: Map<string, Response>) => ({
    match: async (at: string) => store.get(pathOf(at))?.clone(),
    put: async (at: string, answer: Response) => void store.set(pathOf(at), answer),
  });
  const caches = {
    open: async (name: string) => {
      const store = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, store);
      return cacheOf(store);
    },
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (at: string) => {
      for (const store of stores.values()) if (store.has(pathOf(at))) return store.get(pathOf(at))?.clone();
      return undefined;
    },
  };
  const listeners = new Map<string, (event: object) => void>();
  const self = {
    addEventListener: (name: string, listen: (event: object) => void) => listeners.set(name, listen),
    location: { origin: ORIGIN },
    skipWaiting: async () => undefined,
    clients: { claim: async () => undefined },
  };
  const fetch = async (at: string | { readonly url: string }) => {
    const path = pathOf(at);
    asked.push(path);
    if (state.served === null) throw new TypeError("no network");
    const body = state.served[path];
    return body === undefined ? new Response("", { status: 404 }) : new Response(body);
  };
  runInContext(source, createContext({ self, caches, fetch, URL, Response, TextEncoder, Uint8Array, crypto }));
  const tell = (data: object) =>
    new Promise<boolean>((resolve) =>
      listeners.get("message")?.({
        data,
        ports: [{ postMessage: ({ ok }: { ok: boolean }) => resolve(ok) }],
        waitUntil: () => undefined,
      }),
    );
  const open = async (path: string, mode = "navigate", method = "GET"): Promise<string | undefined> => {
    let answer: Promise<Response> | undefined;
    listeners.get("fetch")?.({
      request: { url: ORIGIN + path, mode, method },
      respondWith: (given: Promise<Response>) => {
        answer = given;
      },
    });
    return answer && (await answer).text();
  };
  return { state, stores, asked, tell, open };
}

/** A release: its page names one script and lets others be loaded later. */
const release = (n: number, nonce = "a") => ({
  "/": `<meta nonce="${nonce}"><script type="importmap">{"integrity":{"/assets/main-${n}.js":"sha256-x","/assets/filing-${n}.js":"sha256-y"}}</script><script src="/assets/main-${n}.js"></script>`,
  [`/assets/main-${n}.js`]: `main ${n}`,
  [`/assets/filing-${n}.js`]: `filing ${n}`,
});

test("with a network every page comes from the server; without one the kept page opens every address of the portal", async () => {
  const { state, tell, open } = phone();
  state.served = { ...release(1), "/p/online-petition/1": "from the server" };
  expect(await tell({ keep: ["/assets/filing-1.js"] })).toBe(true);
  expect(await open("/p/online-petition/1")).toBe("from the server");
  state.served = null;
  expect(await open("/p/online-petition/1")).toBe(release(1)["/"]);
  expect(await open("/assets/filing-1.js", "cors")).toBe("filing 1");
});

test("what is asked of the server, of administrators and of other places is never touched, and nothing of it is kept", async () => {
  const { state, stores, tell, open } = phone();
  state.served = { ...release(1), "/rpc/session.me": "who", "/plugins/x/1/y.js": "y", "/assets/old.js": "old" };
  await tell({ keep: ["/assets/old.js", "/rpc/session.me", "/assets/filing-1.js", "/plugins/x/1/y.js"] });
  expect([...(stores.values().next().value ?? new Map()).keys()].sort()).toEqual([
    "/",
    "/assets/filing-1.js",
    "/assets/main-1.js",
  ]);
  for (const path of ["/rpc/intake.case", "/api/auth/session", "/x/open-data/figures.json"])
    expect(await open(path, "cors")).toBeUndefined();
  for (const path of ["/admin/", "/api/v1/units", "/healthz"]) expect(await open(path)).toBeUndefined();
  expect(await open("/", "navigate", "POST")).toBeUndefined();
});

test("a new release takes the place of the old one once it is whole; one that is not whole changes nothing", async () => {
  const { state, stores, tell, open } = phone();
  state.served = release(1);
  await tell({ keep: [] });
  const [first] = stores.keys();
  state.served = release(1, "b");
  await tell({ keep: ["/assets/filing-1.js"] });
  expect([...stores.keys()]).toEqual([first]);

  state.served = { "/": release(2)["/"] };
  expect(await tell({ keep: [] })).toBe(false);
  expect([...stores.keys()]).toEqual([first]);

  state.served = release(2);
  expect(await tell({ keep: ["/assets/filing-1.js", "/assets/filing-2.js"] })).toBe(true);
  expect(stores.size).toBe(1);
  state.served = null;
  expect(await open("/")).toBe(release(2)["/"]);
  expect(await open("/assets/filing-2.js", "cors")).toBe("filing 2");
  await expect(open("/assets/filing-1.js", "cors")).rejects.toThrow("no network");
});

test("whatever has become of what it keeps, the network is asked, and one word takes all of it away", async () => {
  const { state, stores, tell, open } = phone();
  state.served = { ...release(1), "/t": "from the server" };
  await tell({ keep: [] });
  for (const store of stores.values()) store.clear();
  expect(await open("/assets/main-1.js", "cors")).toBe("main 1");
  expect(await open("/t")).toBe("from the server");
  await tell({ forget: true });
  expect(stores.size).toBe(0);
});
