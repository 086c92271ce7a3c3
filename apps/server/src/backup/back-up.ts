import { randomUUIDv7 } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import { connect } from "@doorstep/database";
import type { Pool } from "pg";
import { holdHouse } from "../keys/house-key.ts";
import type { ArchiveSecret } from "./archive-secret.ts";
import { type BackupSource, type WriteOptions, type WrittenBackup, writeArchive } from "./write-archive.ts";

export type BackupKind = "byHand" | "scheduled" | "upgrade" | "export";

/** What the house does by itself. */
export interface BackupPlan {
  readonly onSchedule: boolean;
  readonly folder: string;
  readonly atHour: number;
  readonly keepDays: number;
  readonly rootFolder: string | null;
}

const DAY_MS = 86_400_000;
/** However old they are: one that turns out bad must not be the only one. */
const KEPT_AT_LEAST = 3;
const OURS = /^doorstep-(scheduled|upgrade)-\d{8}T\d{6}Z\.doorstep$/;

/** Such as `doorstep-scheduled-20261124T020000Z.doorstep`. */
export const archiveName = (kind: BackupKind, at: Date): string =>
  `doorstep-${kind}-${at.toISOString().replace(/[-:]|\.\d+/g, "")}.doorstep`;

/** Releases before the plan have no table for it. */
const has = async (db: Pool, table: string): Promise<boolean> =>
  (await db.query<{ there: boolean }>("select to_regclass($1) is not null as there", [table])).rows[0]?.there ?? false;

export async function readPlan(db: Pool, dataDir: string): Promise<BackupPlan> {
  const usual = { onSchedule: false, folder: join(dataDir, "backups"), atHour: 2, keepDays: 14, rootFolder: null };
  if (!(await has(db, "kernel.backup_plan"))) return usual;
  const { rows } = await db.query<Omit<BackupPlan, "folder"> & { folder: string | null }>(
    `select on_schedule as "onSchedule", folder, at_hour as "atHour", keep_days as "keepDays",
       root_folder as "rootFolder" from kernel.backup_plan`,
  );
  return rows[0] ? { ...rows[0], folder: rows[0].folder ?? usual.folder } : usual;
}

export async function savePlan(owner: Pool, plan: Partial<BackupPlan>): Promise<void> {
  await owner.query(
    `update kernel.backup_plan set on_schedule = coalesce($1, on_schedule), folder = coalesce($2, folder),
       at_hour = coalesce($3, at_hour), keep_days = coalesce($4, keep_days),
       root_folder = case when $6 then $5 else root_folder end`,
    [
      plan.onSchedule ?? null,
      plan.folder ?? null,
      plan.atHour ?? null,
      plan.keepDays ?? null,
      plan.rootFolder ?? null,
      plan.rootFolder !== undefined,
    ],
  );
}

/** Why a backup failed, in a word that holds nothing of the data. */
const problemOf = (error: unknown): string =>
  error instanceof DoorstepError ? error.code : String((error as { code?: unknown }).code ?? (error as Error).name);

/** Makes a backup and writes down how it went; a failed one is written down too, and thrown. */
export async function backUp(
  source: BackupSource,
  options: Omit<WriteOptions, "target"> & { readonly kind: BackupKind; readonly target?: string },
): Promise<WrittenBackup> {
  const owner = connect(source.ownerUrl, { max: 1, applicationName: "doorstep backup" });
  const startedAt = source.now();
  const plan = await readPlan(owner, source.dataDir);
  const target = options.target ?? join(plan.folder, archiveName(options.kind, startedAt));
  const note = async (outcome: { readonly written?: WrittenBackup; readonly problem?: string }): Promise<void> => {
    if (!(await has(owner, "kernel.backups"))) return;
    const { written } = outcome;
    await owner.query(
      `insert into kernel.backups (id, kind, started_at, finished_at, good, file, bytes, rows, files, seal_no, problem)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        randomUUIDv7(),
        options.kind,
        startedAt,
        source.now(),
        outcome.problem === undefined,
        target,
        written?.bytes ?? null,
        written?.rows ?? null,
        written?.files ?? null,
        written?.seal?.no ?? null,
        outcome.problem ?? null,
      ],
    );
  };
  let house: Awaited<ReturnType<typeof holdHouse>> | undefined;
  try {
    // half of it under one key and half under another would need both to be read
    house = await holdHouse(source.ownerUrl, source.masterKey);
    const written = await writeArchive(source, { ...options, target });
    await note({ written, ...(written.missing.length > 0 && { problem: "filesMissing" }) });
    return written;
  } catch (error) {
    await note({ problem: problemOf(error) }).catch(() => undefined);
    throw error;
  } finally {
    await owner.end();
    await house?.release();
  }
}

/** Removes backups that were made by themselves and are older than the plan keeps; those made by hand stay. */
export async function forgetOldBackups(plan: BackupPlan, now: Date): Promise<readonly string[]> {
  const names = (await readdir(plan.folder).catch(() => [])).filter((name) => OURS.test(name)).toSorted(byTime);
  const removed: string[] = [];
  for (const name of names.slice(0, Math.max(0, names.length - KEPT_AT_LEAST))) {
    const { mtimeMs } = await stat(join(plan.folder, name));
    if (now.getTime() - mtimeMs < plan.keepDays * DAY_MS) continue;
    await rm(join(plan.folder, name));
    removed.push(name);
  }
  return removed;
}

const byTime = (a: string, b: string): number => timeOf(a).localeCompare(timeOf(b));
const timeOf = (name: string): string => name.split("-").at(-1) ?? "";

const HOUR_MS = 3_600_000;

/** Whether the daily backup is due: its hour has come and the last good one is older than a day's work. */
export async function isDue(owner: Pool, plan: BackupPlan, now: Date): Promise<boolean> {
  if (!plan.onSchedule) return false;
  const { rows } = await owner.query<{ at: Date | null }>(
    "select max(finished_at) as at from kernel.backups where good and kind = 'scheduled'",
  );
  const last = rows[0]?.at?.getTime() ?? 0;
  const due = new Date(now);
  due.setHours(plan.atHour, 0, 0, 0);
  if (due > now) due.setDate(due.getDate() - 1);
  // one that failed is tried again every hour
  const { rows: tried } = await owner.query<{ at: Date | null }>(
    "select max(finished_at) as at from kernel.backups where not good and kind = 'scheduled'",
  );
  const failed = tried[0]?.at?.getTime() ?? 0;
  return last < due.getTime() && now.getTime() - failed >= HOUR_MS;
}

/** One round of the schedule; `null`: nothing was due. */
export async function backUpWhenDue(
  source: BackupSource,
  owner: Pool,
  secret: ArchiveSecret,
): Promise<WrittenBackup | null> {
  const plan = await readPlan(owner, source.dataDir);
  if (!(await isDue(owner, plan, source.now()))) return null;
  const written = await backUp(source, { kind: "scheduled", secret });
  await forgetOldBackups(plan, source.now());
  return written;
}
