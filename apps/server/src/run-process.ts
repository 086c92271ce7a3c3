import process from "node:process";
import { DatabaseProblems } from "./database/open-database.ts";
import { EnvError } from "./env.ts";
import { PortError } from "./http/listen.ts";
import { describeFault, type Logger } from "./log.ts";
import type { RunningServer } from "./start-server.ts";

/** One line for whoever started the program. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs a server as this process: stops it in good order on Ctrl-C and on SIGTERM, also while it still starts, and says
 * in one sentence why it cannot start.
 */
export async function runProcess(log: Logger, start: () => Promise<RunningServer>): Promise<void> {
  let stopping = false;
  const starting = start();
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say("Stopping.");
    const running = await starting.catch(() => undefined);
    try {
      await running?.stop();
    } catch (error) {
      // Tidying up may need a database that is gone; whoever asked for the end gets it all the same.
      log.error({ fault: describeFault(error) }, "could not stop in good order");
      process.exit(1);
    }
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
  // One request's defect must not end all others, but it must be seen.
  process.on("unhandledRejection", (reason) => log.error({ fault: describeFault(reason) }, "unhandled rejection"));
  try {
    await starting;
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`);
    process.exit(1);
  }
}

function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof EnvError || error instanceof PortError || error instanceof DatabaseProblems;
  return expected ? error.message : (error.stack ?? error.message);
}
