import { contractTests, type TestMode } from "@doorstep/sdk/test";
import { plugins } from "@doorstep/server";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";
/** Inline each keeps it beside its own tests; what runs in a process of its own has the strictest walls. */
const modes: readonly TestMode[] = LONG ? ["thread", "process"] : ["process"];
for (const { root, load } of plugins) {
  const { default: server } = await load();
  for (const mode of modes) contractTests(server, { root, mode });
}
