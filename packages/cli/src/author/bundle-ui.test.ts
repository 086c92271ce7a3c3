import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { sharedModules } from "@doorstep/sdk";
import { afterAll, describe, expect, test } from "vitest";
import { bundleUi } from "./bundle-ui.ts";
import { describeUi } from "./describe-ui.ts";

const fixtures = join(import.meta.dirname, "../../../../tooling/fixtures");
const made = mkdtempSync(join(fixtures, "show-box", ".bundle-"));
afterAll(() => rmSync(made, { recursive: true, force: true }));

let folders = 0;
/** The folder of a plugin that finds what the fixture finds. */
function folderWith(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(made, String(folders));
  for (const [name, text] of Object.entries({ "src/plugin.ts": 'export const plugin = { id: "x" };', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
const portal = (code: string, more: Readonly<Record<string, string>> = {}): string =>
  folderWith({ "src/ui/portal.ts": code, ...more });

const importsOf = (code: string): readonly string[] =>
  [...code.matchAll(/\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*[`"]([^"`]+)[`"]/g)].map(
    ([, one, other]) => one ?? other ?? "",
  );

test("both halves become modules that stand alone but for the five, with the words of both languages", async () => {
  const { files, ui } = await bundleUi(join(fixtures, "show-box"), "show-box");

  expect([ui.portal?.entry, ui.portal?.css[0], ui.admin?.entry]).toEqual([
    expect.stringMatching(/^ui\/portal\/entry-[\w-]+\.js$/),
    expect.stringMatching(/^ui\/portal\/style-[\w-]+\.css$/),
    expect.stringMatching(/^ui\/admin\/entry-[\w-]+\.js$/),
  ]);
  const scripts = [...files].filter(([name]) => name.endsWith(".js")).map(([, bytes]) => bytes.toString());
  const outside = new Set(scripts.flatMap(importsOf).filter((name) => !name.startsWith("./")));
  expect([...outside].filter((name) => !(sharedModules as readonly string[]).includes(name))).toEqual([]);
  expect([...outside]).toContain("@doorstep/sdk/ui");
  const all = scripts.join("\n");
  expect([all.includes("这里是展示盒"), all.includes("this is the show box")]).toEqual([true, true]);
  // of the definition only the id, of the server half nothing
  expect([all.includes("大家好"), all.includes("zod"), all.includes("pluginServer")]).toEqual([false, false, false]);
  expect(files.get(ui.portal?.css[0] ?? "")?.toString()).toContain('@scope ([data-plugin="show-box"])');
  const again = await bundleUi(join(fixtures, "show-box"), "show-box");
  expect([...again.files].map(([name, bytes]) => [name, bytes.toString()])).toEqual(
    [...files].map(([name, bytes]) => [name, bytes.toString()]),
  );
});

test("a plugin without screens has no browser half", async () => {
  expect(await bundleUi(folderWith({}), "x")).toEqual({ files: new Map(), ui: {} });
});

describe("what no page could run is told to the author", () => {
  test.each([
    ['import fs from "node:fs"; export default fs;', "node:fs, which no browser has"],
    ['import { MantineProvider } from "@doorstep/ui"; export default MantineProvider;', "imports @doorstep/ui"],
    ['import { renderToString } from "react-dom/server"; export default renderToString;', "imports react-dom/server"],
    ['import server from "../server.ts"; export default server;', "imports @doorstep/sdk/server"],
    ['import x from "no-such-package"; export default x;', "no-such-package"],
    ["export const part = 1;", "no default export"],
    ['import "./wide.css"; export default 1;', "wide.css: a selector of the page itself"],
    ["export default (", "portal.ts"],
  ])("%s", async (code, why) => {
    const folder = portal(code, {
      "src/server.ts": 'import { pluginServer } from "@doorstep/sdk/server"; export default pluginServer;',
      "src/ui/wide.css": "body { margin: 0 }",
    });
    await expect(bundleUi(folder, "x")).rejects.toThrow(why);
  });
});

const declares = (app: string, part: string): string =>
  `import { pluginUi } from "@doorstep/sdk/ui"; import { plugin } from "../plugin.ts"; export default pluginUi(plugin, "${app}", ${part});`;

test("what is shown where stands in the manifest, with its title", async () => {
  const found = await describeUi(join(fixtures, "show-box"), "show-box");

  const title = { "zh-CN": "展示盒", en: "Show box" };
  expect(found).toContainEqual({ point: "portal/page@1", key: "show-box/show", title });
  expect(found).toContainEqual({ point: "desk/case-tab@1", key: "show-box/show", title });
  expect(found).toContainEqual({ point: "admin/page@1", key: "show-box/show", title });
});

test.each([
  ["document.title = 'x'; export default 1;", "must do nothing but declare"],
  ["export default 1;", "must export what pluginUi() gives"],
  [declares("portal", "{ unitTabs: {} }"), "has no place for unitTabs"],
])("%s is no declaration", async (code, why) => {
  await expect(describeUi(portal(code), "x")).rejects.toThrow(why);
});

test("thirty modules like it cost a page that uses none of them less than 10 KB", async () => {
  const { files } = await bundleUi(join(fixtures, "show-box"), "show-box");
  const scripts = [...files].filter(([name]) => name.startsWith("ui/portal/") && name.endsWith(".js"));
  const map = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) =>
      scripts.map(([name, bytes]) => [
        `/plugins/module-${n}/1.${n}.0/${name.replace(/-\w/, `-${n}`)}`,
        `sha384-${createHash("sha384").update(bytes).update(String(n)).digest("base64")}`,
      ]),
    ).flat(),
  );

  expect(gzipSync(JSON.stringify(map)).length).toBeLessThan(10_240);
});
