import { z } from "zod";
import { instant, text } from "./ids.ts";

/** A folder of the machine the server runs on. */
const folder = text(400);

/** What the house does by itself; folders are those of the server's machine. */
export const backupPlan = z.object({
  onSchedule: z.boolean(),
  folder,
  /** local hour of the machine */
  atHour: z.number().int().min(0).max(23),
  keepDays: z.number().int().min(1).max(3_650),
  /** where the seal of the ledger is put each day, outside the house */
  rootFolder: folder.nullable(),
});
export type BackupPlanShown = z.output<typeof backupPlan>;

export const backupKinds = ["byHand", "scheduled", "upgrade", "export"] as const;

/** One that was made or failed. Where it lies is told, it is fetched at the machine and never through the browser. */
export const madeBackup = z.object({
  kind: z.enum(backupKinds),
  startedAt: instant,
  finishedAt: instant,
  good: z.boolean(),
  file: z.string().nullable(),
  bytes: z.number().nullable(),
  rows: z.number().nullable(),
  files: z.number().nullable(),
  /** a code, never an answer of the system that could hold data */
  problem: z.string().nullable(),
  /** still lies where it was written */
  there: z.boolean(),
});

export const backupState = z.object({
  plan: backupPlan,
  /** one is being made at this moment */
  running: z.boolean(),
  backups: z.array(madeBackup),
});
