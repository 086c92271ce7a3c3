import { runWorkersOnce } from "@doorstep/kernel";
import { startTestServer, type TestServer } from "@doorstep/server/testing";
import { seedDemo } from "@doorstep/tooling-fixtures";
import { afterAll, beforeAll } from "vitest";

export type SeededDemo = Awaited<ReturnType<typeof seedDemo>>;

const NOW = new Date("2026-11-23T06:00:00Z");
let server: TestServer | undefined;
let demo: SeededDemo | undefined;

beforeAll(async () => {
  server = await startTestServer({
    now: NOW.toISOString(),
    fill: async (platform) => {
      demo = await seedDemo(platform, NOW);
    },
  });
  // what the house does by itself as soon as it serves
  await runWorkersOnce(server.platform.kernel, { consumers: server.platform.host.consumers });
}, 300_000);
afterAll(() => server?.stop());

/** The demo as it lies after the first start, for all that is asked of it. */
export function theDemo(): { readonly server: TestServer; readonly demo: SeededDemo } {
  if (!server || !demo) throw new Error("the demo is filled before the first test");
  return { server, demo };
}
