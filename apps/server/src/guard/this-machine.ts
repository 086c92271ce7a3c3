import { statfs } from "node:fs/promises";
import type { Machine } from "./watch-machine.ts";

export const thisMachine = (dataDir: string): Machine => ({
  freeBytes: async () => {
    const found = await statfs(dataDir).catch(() => null);
    return found && found.bavail * found.bsize;
  },
  wall: () => Date.now(),
  steady: () => performance.now(),
});
