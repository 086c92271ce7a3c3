import { DoorstepError } from "@doorstep/contracts";
import { type Migrations, readMigrations } from "@doorstep/database";
import type { Pool } from "pg";
import { backUp, forgetOldBackups, readPlan } from "./back-up.ts";
import { assertRestoreFinished } from "./restore-archive.ts";
import type { BackupSource } from "./write-archive.ts";

export interface UpgradeCare {
  readonly dataDir: string;
  readonly masterKey: Buffer;
  readonly version: string;
  readonly now: () => Date;
  /** of the modules this server is built with; their own boot applies them */
  readonly moduleMigrations: readonly Migrations[];
  /** whoever starts it has a backup already */
  readonly withoutBackup: boolean;
}

const RELEASES = `create table if not exists doorstep_meta.releases (
  version text primary key, first_used timestamptz not null default now())`;

async function there(owner: Pool, table: string): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>("select to_regclass($1) is not null as there", [table]);
  return rows[0]?.there ?? false;
}

async function lastRelease(owner: Pool): Promise<string | null> {
  if (!(await there(owner, "doorstep_meta.releases"))) return null;
  const { rows } = await owner.query<{ version: string }>(
    "select version from doorstep_meta.releases order by first_used desc, version desc limit 1",
  );
  return rows[0]?.version ?? null;
}

/** Remembers that this release has used the data, for the sentence an earlier one refuses them with. */
export async function noteRelease(owner: Pool, version: string): Promise<void> {
  if (!(await there(owner, "doorstep_meta.releases"))) await owner.query(RELEASES);
  await owner.query("insert into doorstep_meta.releases (version) values ($1) on conflict do nothing", [version]);
}

const filesOf = (sets: readonly Migrations[]) =>
  sets.flatMap((set) => readMigrations(set.dir).map((file) => ({ set: set.package, name: file.name })));

/**
 * Looks at a database before anything in it is changed: data of a later release and a restore that was broken off are
 * refused; data that this release would change are backed up first.
 */
export async function beforeUpgrade(
  owner: Pool,
  source: {
    readonly ownerUrl: string;
    readonly migrations: readonly Migrations[];
    readonly log: (line: string) => void;
  },
  care: UpgradeCare,
): Promise<void> {
  await assertRestoreFinished(owner);
  if (!(await there(owner, "doorstep_meta.migrations"))) return;
  const { rows: journal } = await owner.query<{ package: string; name: string }>(
    "select package, name from doorstep_meta.migrations",
  );
  const before = await lastRelease(owner);
  const known = new Set(filesOf(source.migrations).map((file) => `${file.set}/${file.name}`));
  const ours = new Set(source.migrations.map((set) => set.package));
  const later = journal.find((one) => ours.has(one.package) && !known.has(`${one.package}/${one.name}`));
  if (later)
    throw new DoorstepError("backup.newer", {
      version: before ?? "–",
      file: `${later.package}/${later.name}`,
      ours: care.version,
    });
  const done = new Set(journal.map((one) => `${one.package}/${one.name}`));
  const used = new Set(journal.map((one) => one.package));
  const pending = filesOf([...source.migrations, ...care.moduleMigrations]).filter(
    (file) => used.has(file.set) && !done.has(`${file.set}/${file.name}`),
  );
  if (pending.length === 0 || care.withoutBackup || !(await holdsData(owner))) return;
  const from: BackupSource = {
    ...source,
    ...care,
    migrations: [...source.migrations, ...care.moduleMigrations],
  };
  source.log(
    `Data of release ${before ?? "before 0.1"} are brought up to release ${care.version} (${pending.length} steps). A backup is made first.`,
  );
  try {
    const secret = { kind: "keyFile", key: care.masterKey } as const;
    const { file, bytes } = await backUp(from, { kind: "upgrade", secret });
    const plan = await readPlan(owner, care.dataDir);
    await forgetOldBackups(plan, care.now());
    source.log(`Backup made: ${file} (${Math.ceil(bytes / 1024)} KB), kept for ${plan.keepDays} days.`);
  } catch (error) {
    const reason = String((error as { code?: unknown }).code ?? (error as Error).name);
    throw new DoorstepError("backup.failed", { reason });
  }
}

async function holdsData(owner: Pool): Promise<boolean> {
  if (!(await there(owner, "kernel.units"))) return false;
  const { rowCount } = await owner.query("select 1 from kernel.units limit 1");
  return (rowCount ?? 0) > 0;
}
