import { contractTests, type TestMode } from "@doorstep/sdk/test";
import { plugins } from "@doorstep/server";
import { expect, test } from "vitest";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";
/**
 * Inline each module keeps its contract beside its own tests. What runs in a process of its own has the strictest walls: one
 * module of each make is built, installed and run there in one pass, all of them and in a thread as well in the long run.
 */
const modes: readonly TestMode[] = LONG ? ["thread", "process"] : ["process"];
const MAKES: Readonly<Record<string, string>> = {
  "pack-cn": "rules alone, no tables",
  "online-petition": "pages for everybody",
  "mail-in": "libraries of its own, calls out, work of its own by the clock",
  referral: "addresses for other systems, keys",
  indicators: "the feed, datasets",
  reports: "reports, charts",
  mediation: "clocks, consents, appointments beside a petition",
  supervision: "letters between units, records of organs",
};
const chosen = LONG ? plugins : plugins.filter(({ id }) => MAKES[id] !== undefined);
test("one module of each make is built and run", () => {
  expect(chosen.length).toBeGreaterThanOrEqual(Object.keys(MAKES).length);
});
for (const { root, load } of chosen) {
  const { default: server } = await load();
  for (const mode of modes) contractTests(server, { root, mode });
}
