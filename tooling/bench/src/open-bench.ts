import { loadActor, type RequestContext } from "@doorstep/kernel";
import { createLog, demoOf, openPlatform, type Platform, plugins, readEnv, startServer } from "@doorstep/server";
import type { Calls } from "@doorstep/tooling-fixtures";

const quiet = createLog({ level: "fatal" });

/** A platform over a data folder, without anything that listens. */
export const openBench = (dataDir: string): Promise<Platform> =>
  openPlatform({
    env: readEnv({
      DOORSTEP_DATA_DIR: dataDir,
      DOORSTEP_FILING_BUDGET: "999999/999999",
      // a kept set can be made again
      DOORSTEP_UPGRADE_WITHOUT_BACKUP: "1",
    }),
    plugins,
    log: quiet,
    print: () => undefined,
    now: () => new Date(),
  });

/** A real server on a free port with the demo in it. */
export function startBench(dataDir: string, now: () => Date) {
  const env = readEnv({ DOORSTEP_DATA_DIR: dataDir, DOORSTEP_FILING_BUDGET: "999999/999999", PORT: "0" });
  const print = (): void => undefined;
  return startServer({ env, log: quiet, print, now, seedDemo: demoOf({ env, now: () => new Date(), print }) });
}

/** Procedures through the real router, as a signed-in person or with the code of a case. */
export async function callsAs(
  platform: Platform,
  who: { readonly personId?: string; readonly codeCaseId?: string },
): Promise<Calls> {
  const { kernel } = platform;
  const actor = who.personId === undefined ? undefined : await loadActor(kernel, who.personId, kernel.now());
  const context: RequestContext = {
    kernel,
    actor,
    codeCaseId: who.codeCaseId,
    requestId: "bench",
    origin: "bench",
    setCodeCase: () => undefined,
  };
  return platform.router.createCaller(context) as unknown as Calls;
}
