import process from "node:process";
import { runWorkersOnce } from "@doorstep/kernel";
import { readEnv } from "../env.ts";
import { createLog } from "../log.ts";
import { runProcess, say } from "../run-process.ts";
import { startServer } from "../start-server.ts";
import { clockRoutes, testClock } from "./test-clock.ts";

// The server with a clock that can be set; no release contains this entry.
const log = createLog();
// biome-ignore lint/style/noProcessEnv: a composition root; the release's environment has no such name.
const clock = testClock(process.env.DOORSTEP_NOW ? new Date(process.env.DOORSTEP_NOW) : new Date());
await runProcess(log, async () => {
  const running = await startServer({
    env: readEnv(),
    log,
    print: say,
    now: clock.now,
    routes: [
      {
        path: "/test/clock",
        routes: clockRoutes(clock, async () => {
          const { kernel, blobs, host } = running.platform;
          await runWorkersOnce(kernel, { blobs, consumers: host.consumers });
          await host.jobs.runDue();
        }),
      },
    ],
  });
  return running;
});
