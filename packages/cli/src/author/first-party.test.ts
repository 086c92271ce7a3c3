import { contractTests, type TestMode } from "@doorstep/sdk/test";
import { plugins } from "@doorstep/server";

const modes: readonly TestMode[] = ["thread", "process"];
for (const { root, load } of plugins) {
  const { default: server } = await load();
  for (const mode of modes) contractTests(server, { root, mode });
}
