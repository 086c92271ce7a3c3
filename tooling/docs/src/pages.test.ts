import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";

const docs = join(import.meta.dirname, "..", "..", "..", "docs");

test.each(Object.entries(pages()))("docs/%s says what the code says", (path, text) => {
  expect(readFileSync(join(docs, path), "utf8"), "run: pnpm --filter @doorstep/tooling-docs generate").toBe(text);
});
