import { readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { runProcess, say } from "./run-process.ts";
import { startServer } from "./start-server.ts";

const log = createLog();
await runProcess(log, async () => startServer({ env: readEnv(), log, print: say, now: () => new Date() }));
