import type { Kernel } from "@doorstep/kernel";
import { Client } from "pg";

/** Hears what other processes tell through the database. */
export interface Ear {
  /** Makes the connection where there is none; safe to repeat. @returns whether it was made now, so that something may have been missed */
  ensure(): Promise<boolean>;
  stop(): Promise<void>;
}

/** A connection of its own that listens; a lost one is made again at the next `ensure`. */
export function createEar(
  pool: Kernel["pool"],
  name: string,
  channels: readonly string[],
  heard: (channel: string, payload: string) => void,
): Ear {
  let client: Client | undefined;
  let stopped = false;
  const drop = (): void => {
    client?.end().catch(() => undefined);
    client = undefined;
  };
  return {
    async ensure() {
      if (client || stopped) return false;
      const made = new Client({ ...pool.options, application_name: name });
      client = made;
      made.on("error", drop);
      made.on("end", () => {
        if (client === made) client = undefined;
      });
      made.on("notification", (n) => heard(n.channel, n.payload ?? ""));
      try {
        await made.connect();
        for (const channel of channels) await made.query(`listen ${channel}`);
        return true;
      } catch {
        drop();
        return false;
      }
    },
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
