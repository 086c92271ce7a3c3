import type { moduleCrashInput } from "@doorstep/contracts";
import type { Kernel } from "@doorstep/kernel";
import type { z } from "zod";
import type { Serving } from "../calls/endpoint.ts";
import { archivesOf } from "../installed/archives.ts";

/** Anybody may tell: a flood of it must neither fill the log nor tell an administrator more than that there is one. */
const PER_MINUTE = 60;

/** Notes that a part of a module failed in somebody's browser. Only the day is kept: the hour would tell when somebody was there. */
export function browserCrashes(serving: Pick<Serving, "snapshot" | "health">) {
  let minute = 0;
  let noted = 0;
  const isKnown = async (k: Kernel, pluginId: string, version: string): Promise<boolean> => {
    const plugin = serving.snapshot().plugins.get(pluginId);
    if (!plugin) return false;
    if (plugin.manifest.version === version) return true;
    return (await archivesOf(k.pool, pluginId)).some((one) => one.version === version);
  };
  return async (k: Kernel, crash: z.output<typeof moduleCrashInput>): Promise<void> => {
    const now = Math.floor(k.now().getTime() / 60_000);
    noted = now === minute ? noted + 1 : 1;
    minute = now;
    const { pluginId, moduleVersion: version, point, place } = crash;
    if (noted > PER_MINUTE || !(await isKnown(k, pluginId, version))) return;
    const day = new Date(k.now());
    day.setUTCHours(0, 0, 0, 0);
    serving.health.book.note({ pluginId, version, kind: "page", unitId: null, code: "threw", at: day });
    k.log.warn("a part of a module failed in a browser", { plugin: pluginId, version, point, place });
  };
}
