import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canary } from "./canary.mjs";
import { ROOT } from "./paths.mjs";

test("with the rules as they stand every forbidden import is refused and every allowed one let through", async () => {
  expect(await canary()).toEqual([]);
});

test("a layer whose rule is taken out shows at once", async () => {
  const config = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
  const overrides = config.overrides.filter(
    (one: { includes: string[] }) => !one.includes.includes("packages/kernel/**"),
  );

  const faults = await canary(JSON.stringify({ ...config, overrides }));

  expect(faults).toEqual(["packages/kernel/src/canary.ts must be refused by noRestrictedImports, but was not."]);
});
