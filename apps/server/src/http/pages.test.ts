import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HttpEnv } from "./http-env.ts";
import { appFiles, appPage } from "./pages.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doorstep-pages-"));
  writeFileSync(join(folder, "secret.txt"), "not of the app");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modules = {
  imports: { react: "/assets/shared-react-1.js" },
  integrity: { "/assets/shared-react-1.js": "sha256-own", "/assets/box-1.js": "sha256-box" },
  ahead: { box: ["/assets/box-1.js"] },
};

function build(html: string): void {
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  mkdirSync(join(folder, "dist", ".vite"), { recursive: true });
  writeFileSync(join(folder, "dist", ".vite", "modules.json"), JSON.stringify(modules));
  writeFileSync(join(folder, "dist", "index.html"), html);
  writeFileSync(join(folder, "dist", "assets", "main-abc123.js"), "run()");
  writeFileSync(join(folder, "dist", "assets", "main-abc123.js.gz"), "packed");
  writeFileSync(join(folder, "dist", "robots.txt"), "all");
  writeFileSync(join(folder, "dist", "kept-pages.js"), "keep()");
}

/** The app at its base, with nonces that count up. */
function serving(base: "/" | "/admin/"): (path: string, headers?: Record<string, string>) => Promise<Response> {
  const app = new Hono<HttpEnv>();
  const built = { dist: join(folder, "dist"), base };
  let nonces = 0;
  app.use(async (c, next) => {
    nonces += 1;
    c.set("facts", { requestId: "r", origin: "o", https: true, loopback: false, nonce: `nonce${nonces}` });
    await next();
  });
  app.use(`${base}*`, appFiles(built));
  app.get(
    "*",
    appPage(built, () => ({ "/plugins/box/1.0.0/ui/portal/entry-1.js": "sha384-</script>" })),
  );
  return async (path, headers = {}) => await app.request(path, { headers });
}

it("gives what keeps pages on a phone anew each time, and lets it ask this server alone", async () => {
  build("<p></p>");
  const answer = await serving("/")("/kept-pages.js");
  expect(answer.headers.get("cache-control")).toBe("no-cache");
  expect(answer.headers.get("content-type")).toMatch(/javascript/);
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; connect-src 'self'");
  expect(policy).not.toContain("sandbox");
});

describe.each(["/", "/admin/"] as const)("an app at %s", (base) => {
  it("gives its page at every address, with a nonce that its policy knows and no other page has", async () => {
    build('<script type="module" nonce="__DOORSTEP_NONCE__"></script><style nonce="__DOORSTEP_NONCE__"></style>');
    const get = serving(base);
    for (const [path, nonce] of [
      [base, "nonce1"],
      [`${base}cases/7`, "nonce2"],
    ] as const) {
      const response = await get(path);
      const html = await response.text();
      expect(html.match(/nonce="([^"]*)"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
      expect(response.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("knows the hash of every script, those of modules too, in one map that nothing can break out of", async () => {
    build('<script type="importmap">__DOORSTEP_IMPORT_MAP__</script>');
    const response = await serving(base)(base, { "accept-encoding": "gzip, br" });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const html = gunzipSync(await response.arrayBuffer()).toString();
    const [, map = ""] = /^<script type="importmap">(.*)<\/script>$/.exec(html) ?? [];
    expect(map).not.toContain("<");
    expect(JSON.parse(map)).toEqual({
      imports: modules.imports,
      integrity: { ...modules.integrity, "/plugins/box/1.0.0/ui/portal/entry-1.js": "sha384-</script>" },
    });
    const hash = createHash("sha256").update(map).digest("base64");
    expect(response.headers.get("content-security-policy")).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(response.headers.get("integrity-policy")).toBe("blocked-destinations=(script)");
  });

  it("names the files of a plugin of the build on its own pages, and on no other", async () => {
    build("<head></head>");
    const get = serving(base);
    const named = '<head><link rel="modulepreload" crossorigin href="/assets/box-1.js" integrity="sha256-box"></head>';
    for (const path of ["p/box", "p/box/mine/7"]) expect(await (await get(base + path)).text()).toBe(named);
    for (const path of ["", "p", "p/boxes", "p/constructor", "q/box", "desk/p/box"])
      expect([path, await (await get(base + path)).text()]).toEqual([path, "<head></head>"]);
  });

  it("lets browsers keep files whose name carries their hash, packed where they can read it", async () => {
    build("");
    const get = serving(base);
    const hashed = await get(`${base}assets/main-abc123.js`, { "accept-encoding": "gzip" });
    expect(await hashed.text()).toBe("packed");
    expect([hashed.headers.get("content-encoding"), hashed.headers.get("cache-control")]).toEqual([
      "gzip",
      "public, max-age=31536000, immutable",
    ]);
    expect(await (await get(`${base}assets/main-abc123.js`)).text()).toBe("run()");
    expect((await get(`${base}robots.txt`)).headers.get("cache-control")).toBe("no-cache");
  });

  it("gives nothing that lies outside of it", async () => {
    build("the page");
    const get = serving(base);
    for (const path of [
      "../secret.txt",
      "assets/../../secret.txt",
      "..%2fsecret.txt",
      "%2e%2e/secret.txt",
      "..%5csecret.txt",
    ])
      expect([path, await (await get(base + path)).text()]).toEqual([path, "the page"]);
  });

  it("says when it has not been built, and is there as soon as it is", async () => {
    const get = serving(base);
    const missing = await get(base);
    expect([missing.status, await missing.text()]).toEqual([503, expect.stringContaining("npm start")]);
    build("the page");
    expect(await (await get(base)).text()).toBe("the page");
    expect(await (await get(`${base}robots.txt`)).text()).toBe("all");
    writeFileSync(join(folder, "dist", "index.html"), "the next page");
    expect(await (await get(base)).text()).toBe("the next page");
  });
});
