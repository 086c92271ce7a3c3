import { statfs } from "node:fs/promises";
import { uptime } from "node:os";
import type { Machine } from "./watch-machine.ts";

export const thisMachine = (dataDir: string): Machine => ({
  freeBytes: async () => {
    const found = await statfs(dataDir).catch(() => null);
    return found && found.bavail * found.bsize;
  },
  wall: () => Date.now(),
  // goes on while the machine sleeps, where performance.now() stands still: waking up is no jump of the clock
  steady: () => uptime() * 1_000,
});
