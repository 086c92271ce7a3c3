import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { partsOf } from "./parts-of.ts";
import { entriesFor, pluginFolders } from "./workspace.ts";

const halves = (["portal", "admin"] as const).flatMap((app) => entriesFor(app, pluginFolders()));

test.for(halves.map(({ id, file }) => ({ what: `${id}/${basename(file)}`, file })))(
  "$what gives what stands in its source",
  { timeout: 60_000 },
  async ({ file }) => {
    const { default: half } = (await import(file)) as { default: { part: object } };

    const given = Object.keys(half.part).filter((name) => name !== "catalogs");

    expect(partsOf(file, readFileSync(file, "utf8"))).toEqual(given);
  },
);

describe("a half whose parts cannot be read is refused", () => {
  test.for([
    ["no half", "export const half = 1;"],
    ["a list from elsewhere", "export default pluginUi(plugin, 'portal', parts);"],
    ["a list with another in it", "export default pluginUi(plugin, 'portal', { ...parts });"],
    ["a name that is worked out", "export default pluginUi(plugin, 'portal', { [pages]: {} });"],
    ["what something else makes", "export default half(plugin, 'portal', { pages: {} });"],
  ])("%s", ([, source]) => {
    expect(() => partsOf("portal.ts", source ?? "")).toThrow("portal.ts must be");
  });
});
