import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pieceNames, pieces } from "@doorstep/create-plugin";
import { problemTexts } from "@doorstep/plugin-host";
import { expect, test } from "vitest";
import { verbs } from "../verbs.ts";
import { authorVerbs } from "./verbs-of-authors.ts";

const docs = join(import.meta.dirname, "../../../../docs");
const guide = readFileSync(join(docs, "guides/plugin-authors.md"), "utf8");

test("the guide names every piece, with what it gives", () => {
  const rows = pieceNames.map((name) => `| \`${name}\` | ${pieces[name].summary} |`);

  expect(guide.split("\n").filter((line) => rows.includes(line))).toEqual(rows);
});

test("each command of the guide is a verb, and those beside a module are there without a platform", () => {
  const named = [...guide.matchAll(/(pnpm|npx) doorstep ([a-z]+)/g)].map(([, by, verb]) => [by, verb ?? ""] as const);

  expect(named.length).toBeGreaterThan(5);
  for (const [by, verb] of named) expect(Object.keys(by === "npx" ? authorVerbs : verbs)).toContain(verb);
});

/** Written anew by `vitest run -u`. */
test("docs/plugin-problems.md says why a module is refused, and what to do", async () => {
  const rows = Object.entries(problemTexts).map(
    ([code, { message, fix }]) =>
      `| \`${code}\` | ${message["zh-CN"]}<br>${message.en} | ${fix["zh-CN"]}<br>${fix.en} |`,
  );
  const text = [
    "# Why was my plugin rejected 模块为什么不能运行",
    "",
    "`doorstep doctor <archive or folder>`, the command line and the administration name these codes. `{name}` stands for what",
    "was found.",
    "",
    "| code | what it is | what to do |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");

  await expect(text).toMatchFileSnapshot(join(docs, "plugin-problems.md"));
});
