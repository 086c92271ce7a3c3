import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlugin } from "@doorstep/create-plugin";
import { afterAll, expect, test } from "vitest";
import { runCli } from "../../run-cli.ts";
import { verbs } from "../../verbs.ts";
import { fileOf, pointPage, points } from "./point-pages.ts";
import { type Ran, verbPage, verbPages } from "./verb-pages.ts";

const GUIDE = join(import.meta.dirname, "../../../../../docs/guides/plugins");
const folder = mkdtempSync(join(tmpdir(), "doorstep-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Written anew by `vitest run -u`. */
test.each(points)("the page of %s says what its type does, with an example that runs", async (point) => {
  await expect(pointPage(point)).toMatchFileSnapshot(join(GUIDE, fileOf(point)));
});

/** Runs a line of a page in a folder of the test's own; what it says there is what stands in the page. */
async function run(line: string): Promise<Ran> {
  const [, ...words] = line.split(" ");
  const args = words.map((word) => (/^(?:my-|\.$)/.test(word) ? join(folder, word) : word));
  const said: string[] = [];
  const hear = (one: string) => void said.push(one);
  expect([line, await runCli(args, { out: hear, err: hear }), said]).toEqual([line, 0, said]);
  const text = said
    .join("\n")
    .replaceAll(`${folder}/`, "")
    .replaceAll(/\b[0-9a-f]{32}\b/g, "<key>");
  return { line, said: text };
}

test("each line of the verbs' pages was run, one after the other, and says what stands there", {
  timeout: 60_000,
}, async () => {
  const sources = { dependencies: {}, devDependencies: {}, optionalDependencies: {}, overrides: {}, allowBuilds: [] };
  const title = { "zh-CN": "意见箱", en: "Box" };
  createPlugin({ folder: join(folder, "my-module"), id: "my-module", title, with: ["router", "table"], sources });
  const packages = join(import.meta.dirname, "../../../../../tooling/fixtures/sample-box/node_modules");
  symlinkSync(packages, join(folder, "my-module/node_modules"));
  for (const [name, { examples, shown = [] }] of Object.entries(verbPages)) {
    const ran: Ran[] = [];
    for (const line of examples) ran.push(await run(line));
    const verb = await verbs[name]?.();
    for (const flag of shown.flatMap((line) => line.match(/--[a-z-]+/g) ?? [])) expect(verb?.usage).toContain(flag);
    await expect(verbPage(name, verb?.usage ?? "", ran)).toMatchFileSnapshot(join(GUIDE, `${name}.md`));
  }
});

test("the guide leads to every page, and to none that is not there", () => {
  const index = readFileSync(join(GUIDE, "README.md"), "utf8");
  const named = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file]) => file);
  const there = readdirSync(GUIDE).filter((file) => file !== "README.md");
  expect(named.toSorted()).toEqual(there.toSorted());
  expect(there.toSorted()).toEqual(
    [...points.map(fileOf), ...Object.keys(verbPages).map((name) => `${name}.md`)].toSorted(),
  );
});
