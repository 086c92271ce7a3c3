import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownChunk } from "./own-chunk.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "own-chunk-"));
  mkdirSync(join(root, "ui/form"), { recursive: true });
  for (const file of ["ui/theme.ts", "ui/form/form.tsx", "ui/form/rare.ts"]) writeFileSync(join(root, file), "");
});
afterAll(() => rmSync(root, { recursive: true }));

it("takes the files that are named and all of a folder, but what is left out", () => {
  const isOwn = ownChunk({ of: ["ui/theme.ts", "ui/form/"], but: ["ui/form/rare.ts"] }, root);
  const own = ["ui/theme.ts", "ui/form/form.tsx", "ui/form/form.tsx?v=1", "ui/form/rare.ts", "ui/theme.tsx"];
  expect(own.map((file) => isOwn(join(root, file)))).toEqual([true, true, true, false, false]);
});

it.each([
  ["a file", { of: ["ui/theme.ts", "ui/form/gone.tsx"] }, "ui/form/gone.tsx"],
  ["a folder", { of: ["ui/forms/"] }, "ui/forms/"],
  ["what is left out", { of: ["ui/form/"], but: ["ui/form/gone.ts"] }, "ui/form/gone.ts"],
])("stops the build where %s is no longer there", (_, files, path) => {
  expect(() => ownChunk(files, root)).toThrow(`${path} is named for a chunk of its own, but is not there`);
});
