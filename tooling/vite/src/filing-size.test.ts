import { expect, test } from "vitest";
import { closure, FILING_LIMIT_BYTES, type Manifest, overBudget } from "./filing-size.ts";

const manifest: Manifest = {
  "index.html": { file: "index.js", isEntry: true, imports: ["_react"], dynamicImports: ["plugin.ts", "desk.tsx"] },
  _react: { file: "react.js" },
  "plugin.ts": { file: "plugin.js", imports: ["_react", "index.html"], dynamicImports: ["photo.ts"] },
  "photo.ts": { file: "photo.js" },
  "desk.tsx": { file: "desk.js", imports: ["_table"] },
  _table: { file: "table.js" },
};

test("a page is what it imports, and of the lazy parts only those that belong to it", () => {
  expect([...closure(manifest, ["index.html"])].sort()).toEqual(["_react", "index.html"]);
  expect([...closure(manifest, ["index.html"], (key) => !key.startsWith("desk"))].sort()).toEqual([
    "_react",
    "index.html",
    "photo.ts",
    "plugin.ts",
  ]);
});

test("a part may rise by five in a hundred, not by more", () => {
  const budget = { parts: { shell: 100_000, pages: 20_000 } };

  expect(overBudget({ shell: 100_000, pages: 21_000 }, budget)).toEqual([]);
  expect(overBudget({ shell: 100_000, pages: 21_001 }, budget)).toEqual(["pages rose from 20000 to 21001 bytes"]);
});

test("a new part has to be accepted", () => {
  expect(overBudget({ shell: 1, extra: 1 }, { parts: { shell: 100 } })).toEqual(["extra is new (1 bytes)"]);
});

test("no accepted budget lifts the limit of the whole", () => {
  const parts = { shell: FILING_LIMIT_BYTES + 1 };

  expect(overBudget(parts, { parts })).toHaveLength(1);
});
