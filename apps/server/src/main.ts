import process from "node:process";
import { DatabaseProblems } from "./database/open-database.ts";
import { EnvError, readEnv } from "./env.ts";
import { PortError } from "./http/listen.ts";
import { createLog, describeFault } from "./log.ts";
import { type RunningServer, startServer } from "./start-server.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLog({ level: env.dev ? "debug" : "warn" });
  let running: RunningServer | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say("Stopping.");
    await running?.stop();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A defect in one request must not take the others with it, but it must be seen.
  process.on("unhandledRejection", (reason) => log.error({ fault: describeFault(reason) }, "unhandled rejection"));
  running = await startServer({ env, log, print: say, now: () => new Date() });
  if (stopping) await running.stop();
}

try {
  await main();
} catch (error) {
  const expected = error instanceof EnvError || error instanceof PortError || error instanceof DatabaseProblems;
  process.stderr.write(
    `${expected || !(error instanceof Error) ? String((error as Error).message) : (error.stack ?? error.message)}\n`,
  );
  process.exit(1);
}
