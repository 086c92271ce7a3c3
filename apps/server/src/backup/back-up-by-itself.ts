import { handOutDailyRoot, single, type Workers } from "@doorstep/kernel";
import { describeFault, type Logger } from "../log.ts";
import type { Platform } from "../open-platform.ts";
import { backUpWhenDue } from "./back-up.ts";
import type { BackupSource } from "./write-archive.ts";

const LOOK_EVERY_MS = 5 * 60_000;

/** Looks every few minutes whether the daily backup is due; of several processes one makes it. */
export function backUpByItself(
  { kernel, database, master }: Platform,
  settings: Pick<BackupSource, "dataDir" | "migrations" | "version" | "now">,
  log: Logger,
): Workers {
  const source = { ...settings, ownerUrl: database.ownerUrl, masterKey: master.key };
  const due = () => backUpWhenDue(source, database.owner, { kind: "keyFile", key: master.key });
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => single(kernel.pool, "backup", {}, due))
      .then(() => handOutDailyRoot(kernel))
      .catch((error: unknown) => log.error({ fault: describeFault(error) }, "the backup failed"));
  }, LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
