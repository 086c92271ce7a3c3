import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import { startEmbedded } from "@doorstep/database";
import type { Env } from "../env.ts";
import { type MasterKey, readMasterKey } from "../keys/key-file.ts";

/** Where data lie, as the environment names it. */
export type HousePlace = Pick<Env, "dataDir" | "databaseUrl" | "keyFile" | "keyCommand">;

/** Names of the data folder that hold nothing of the house itself. */
const STAND_BESIDE = new Set(["doorstep.key", "backups"]);

/** The key that is there; unlike a start it makes none, which could read nothing. */
export async function presentKey(place: HousePlace): Promise<MasterKey> {
  const named = place.keyCommand !== undefined || place.keyFile !== undefined;
  if (!named && !existsSync(join(place.dataDir, "doorstep.key"))) throw new DoorstepError("backup.noKey");
  return readMasterKey(place);
}

/** Reaches the database as its owner, beside a running server or alone, without changing anything in it. */
export async function reachDatabase(
  place: HousePlace,
  print: (line: string) => void,
): Promise<{ readonly ownerUrl: string; readonly close: () => Promise<void> }> {
  if (place.databaseUrl !== undefined) return { ownerUrl: place.databaseUrl, close: async () => undefined };
  const embedded = await startEmbedded({ dataDir: place.dataDir, log: print });
  return { ownerUrl: embedded.url, close: () => embedded.stop() };
}

/** A restore goes where nobody's data are; the key and the backups themselves may lie there already. */
export function assertEmptyFolder(dataDir: string, archive: string): void {
  const found = existsSync(dataDir) ? readdirSync(dataDir) : [];
  if (found.some((name) => !STAND_BESIDE.has(name) && name !== basename(archive)))
    throw new DoorstepError("backup.notEmpty", { place: dataDir });
}
