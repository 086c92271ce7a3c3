import { access, constants, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { type BackupPlanShown, DoorstepError, type KernelContract } from "@doorstep/contracts";
import { type HandlersOf, ledgerActorOf, lockOf, signedIn, single } from "@doorstep/kernel";
import type { Pool } from "pg";
import { backUp, readPlan, savePlan } from "./back-up.ts";
import { noteOfHouse } from "./note-of-house.ts";
import type { BackupSource } from "./write-archive.ts";

const SHOWN = 60;
/** The lock that every process takes while it makes one (see `single`). */
const IS_RUNNING = `select exists (select 1 from pg_locks where locktype = 'advisory' and granted
    and classid = $1 and objid = $2 and database = (select oid from pg_database where datname = current_database())) as running`;

/** Tries it out, because rights and full disks are told by nothing else. @throws DoorstepError `backup.folder` */
async function assertWritable(folder: string): Promise<void> {
  const probe = join(folder, `.doorstep-${process.pid}`);
  try {
    if (!isAbsolute(folder)) throw new TypeError("not a full path");
    // the last part alone is made: a mistyped path must not grow a tree somewhere
    await mkdir(folder, { mode: 0o700 }).catch((error: { code?: string }) => {
      if (error.code !== "EEXIST") throw error;
    });
    await writeFile(probe, "");
    await rm(probe);
  } catch {
    throw new DoorstepError("backup.folder", { folder });
  }
}

/** A root beside the data would be changed with them. @throws DoorstepError `backup.folderInside` */
async function assertOutside(folder: string, dataDir: string): Promise<void> {
  const way = relative(await realpath(dataDir), await realpath(folder));
  if (way === "" || (!way.startsWith("..") && !isAbsolute(way)))
    throw new DoorstepError("backup.folderInside", { folder });
}

const isThere = (file: string | null): Promise<boolean> =>
  file === null
    ? Promise.resolve(false)
    : access(file, constants.F_OK).then(
        () => true,
        () => false,
      );

const problemCodes = /^[A-Za-z0-9_.-]{1,60}$/;

/** The plan of backups, one by hand, and how they went; for the platform's administrators. */
export function backupHandlers(house: { readonly source: BackupSource; readonly owner: Pool }): {
  readonly handlers: HandlersOf<Pick<KernelContract, "backups">>["backups"];
  /** done when no backup begun here is under way */
  readonly settled: () => Promise<void>;
} {
  const { source, owner } = house;
  let making: Promise<unknown> = Promise.resolve();
  const isRunning = async (): Promise<boolean> =>
    (await owner.query<{ running: boolean }>(IS_RUNNING, [...lockOf("backup")])).rows[0]?.running ?? false;
  return {
    settled: async () => {
      await making;
    },
    handlers: {
      async state() {
        const plan = await readPlan(owner, source.dataDir);
        const { rows } = await owner.query(
          "select kind, started_at, finished_at, good, file, bytes::float8, rows::float8, files, problem from kernel.backups order by finished_at desc limit $1",
          [SHOWN],
        );
        return {
          plan,
          running: await isRunning(),
          backups: await Promise.all(
            rows.map(async (row) => ({
              kind: row.kind,
              startedAt: row.started_at.toISOString(),
              finishedAt: row.finished_at.toISOString(),
              good: row.good,
              file: row.file,
              bytes: row.bytes,
              rows: row.rows,
              files: row.files,
              problem: row.problem && problemCodes.test(row.problem) ? row.problem : null,
              there: await isThere(row.file),
            })),
          ),
        };
      },
      async savePlan(ctx, plan): Promise<BackupPlanShown> {
        await assertWritable(plan.folder);
        if (plan.rootFolder !== null) {
          await assertWritable(plan.rootFolder);
          await assertOutside(plan.rootFolder, source.dataDir);
        }
        await savePlan(owner, plan);
        const { onSchedule, atHour, keepDays, rootFolder } = plan;
        await noteOfHouse(ctx.kernel, ledgerActorOf(signedIn(ctx)), "backup.planned", {
          onSchedule,
          atHour,
          keepDays,
          handsOutRoot: rootFolder !== null,
        });
        return await readPlan(owner, source.dataDir);
      },
      async now(ctx) {
        if (await isRunning()) throw new DoorstepError("backup.running");
        const { folder } = await readPlan(owner, source.dataDir);
        await assertWritable(folder);
        const { kernel } = ctx;
        await noteOfHouse(kernel, ledgerActorOf(signedIn(ctx)), "backup.made", { by: "hand" });
        const begun = Promise.withResolvers<void>();
        making = single(kernel.pool, "backup", {}, () => {
          begun.resolve();
          return backUp(source, { kind: "byHand", secret: { kind: "keyFile", key: source.masterKey } });
        })
          .catch((error: Error & { code?: string }) =>
            kernel.log.error("the backup failed", { error: error.code ?? error.name }),
          )
          .finally(begun.resolve);
        await begun.promise;
        return { ok: true };
      },
    },
  };
}
