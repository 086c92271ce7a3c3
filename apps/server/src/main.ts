import { readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { runProcess, say } from "./run-process.ts";
import { demoOf } from "./setup/seed-demo.ts";
import { startServer } from "./start-server.ts";

const log = createLog();
const now = (): Date => new Date();
await runProcess(log, async () => {
  const env = readEnv();
  return startServer({ env, log, print: say, now, seedDemo: demoOf({ env, now, print: say }) });
});
