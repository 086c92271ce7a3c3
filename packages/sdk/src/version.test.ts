import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sdkVersion } from "./version.ts";

test("the version that plugins are held against is the package's own", () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));

  expect(sdkVersion).toBe(manifest.version);
});
