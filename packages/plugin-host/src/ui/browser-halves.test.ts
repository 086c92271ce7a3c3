import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { archiveStore } from "../installed/archive-store.ts";
import { openTestHost } from "../testing/index.ts";
import { LINE, rawArchive, testPublisher } from "../testing/raw-archive.ts";

const data = mkdtempSync(join(tmpdir(), "doorstep-halves-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const own = testPublisher("built here");
const by = { by: "system", why: "test" } as const;

const title = { "zh-CN": "盒", en: "Box" };
const archive = (version: string, more: { readonly entry?: string } = {}) => {
  const entry = `ui/portal/entry-${version.replaceAll(".", "")}.js`;
  const css = `ui/portal/style-${version.replaceAll(".", "")}.css`;
  return rawArchive({
    id: "box",
    version,
    privateKey: own.privateKey,
    server: `${LINE} hear((m) => m.type === "begin" && post(ready));`,
    files: { [entry]: `export default "${version}";`, [css]: "p{}", "ui/admin/entry-a.js": "export default 1;" },
    manifest: {
      ui: { portal: { entry: more.entry ?? entry, css: [css] } },
      contributions: [
        { point: "portal/page@1", key: "box/one", title },
        { point: "portal/page@1", key: "box/two", title },
        { point: "admin/page@1", key: "box/one", title },
      ],
    },
  });
};
const sha = (text: string): string => `sha384-${createHash("sha384").update(text).digest("base64")}`;

async function open() {
  const folder = join(data, randomUUID());
  const store = archiveStore(folder, randomUUID);
  const at = await openTestHost({ sources: [], archives: { store, own: own.publisher, drainMs: 0 } });
  const { archives, ui } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  return { at, archives, ui, store, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

test("the page's map has the scripts of the version that runs, by app; a unit's registry says what to load and where", async () => {
  await using o = await open();
  await o.archives.install(await archive("1.0.0"), [], by);
  await o.archives.install(await archive("1.1.0"), [], by);

  const address = "/plugins/box/1.1.0/ui/portal/entry-110.js";
  expect(o.ui.integrity("portal")).toEqual({ [address]: sha('export default "1.1.0";') });
  expect(Object.keys(o.ui.integrity("admin"))).toEqual(["/plugins/box/1.1.0/ui/admin/entry-a.js"]);
  const { plugins } = await o.at.as().registry.forUnit({});
  expect(plugins.find(({ id }) => id === "box")?.ui).toEqual({
    portal: {
      entry: address,
      css: [{ url: "/plugins/box/1.1.0/ui/portal/style-110.css", integrity: sha("p{}") }],
      points: ["portal/page@1"],
    },
    admin: null,
  });
});

test("files of an older version are given as long as the module runs, and nothing but browser files", async () => {
  await using o = await open();
  await o.archives.install(await archive("1.0.0"), [], by);
  await o.archives.install(await archive("1.1.0"), [], by);

  const read = async (version: string, file: string) => (await o.ui.read("box", version, file))?.toString();
  expect(await read("1.0.0", "ui/portal/entry-100.js")).toBe('export default "1.0.0";');
  expect(await read("1.1.0", "ui/portal/entry-110.js")).toBe('export default "1.1.0";');
  for (const file of ["server.mjs", "plugin.json", "ui/portal/../../server.mjs", "ui/portal/entry-100.js"])
    expect([file, await read("1.1.0", file)]).toEqual([file, undefined]);
  await o.archives.end("box", by);
  expect(await read("1.1.0", "ui/portal/entry-110.js")).toBeUndefined();
  expect(o.ui.integrity("portal")).toEqual({});
});

test("whoever changes a file and its hash in the manifest, too, is found by the hash of the manifest", async () => {
  await using o = await open();
  await o.archives.install(await archive("1.0.0"), [], by);
  const [installed] = await o.archives.versions("box");
  if (!installed) throw new Error("not installed");
  const folder = o.store.folderOf(installed);
  const file = "ui/portal/entry-100.js";
  const evil = "globalThis.evil = true;";
  const manifest = readFileSync(join(folder, "plugin.json"), "utf8");
  const hashOf = (text: string): string => createHash("sha384").update(text).digest("hex");
  writeFileSync(join(folder, file), evil);
  writeFileSync(join(folder, "plugin.json"), manifest.replace(hashOf('export default "1.0.0";'), hashOf(evil)));

  expect(await o.ui.read("box", "1.0.0", file)).toBeUndefined();
  await expect(o.store.open(installed)).rejects.toThrow("plugin.json was changed");
  writeFileSync(join(folder, "plugin.json"), manifest);
  expect(await o.ui.read("box", "1.0.0", file)).toBeUndefined();
});

test("an archive whose browser half is not in it, or lies elsewhere, is refused", async () => {
  await using o = await open();
  for (const entry of ["ui/portal/entry-missing.js", "ui/admin/entry-a.js", "server.mjs"])
    expect([entry, (await o.archives.look(await archive("1.0.0", { entry }))).ok]).toEqual([entry, false]);
});
