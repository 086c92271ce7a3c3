import {
  APP_ROLE,
  checkServer,
  connect,
  ensureAppRole,
  type Migrations,
  migrate,
  type ServerProblem,
  startEmbedded,
  withLogin,
} from "@doorstep/database";
import type { Pool, PoolClient } from "pg";
import { beforeUpgrade, noteRelease, type UpgradeCare } from "../backup/before-upgrade.ts";
import { claimKey, holdHouse } from "../keys/house-key.ts";
import type { MasterKey } from "../keys/key-file.ts";

/** The database as the server uses it. */
export interface OpenDatabase {
  /** As the owner: migrations, plugin roles, partitions. */
  readonly owner: Pool;
  /** As `doorstep_app`: everything a request does. */
  readonly app: Pool;
  /** The owner's address; it holds a password. */
  readonly ownerUrl: string;
  readonly embedded: boolean;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly migrations: readonly Migrations[];
  readonly master: Pick<MasterKey, "key" | "version">;
  /** password of `doorstep_app`, derived from the key */
  readonly appPassword: string;
  readonly log: (line: string) => void;
  /** what is done before an older release's data are changed */
  readonly upgrade: UpgradeCare;
  readonly onIdleError: (error: Error) => void;
  /** given each new connection of `app` before it is used */
  readonly onConnect?: ((client: PoolClient) => void) | undefined;
}

/** A foreign server cannot be used as it is; the message lists why and the SQL an administrator runs. */
export class DatabaseProblems extends Error {
  override readonly name = "DatabaseProblems";
  readonly problems: readonly ServerProblem[];
  constructor(problems: readonly ServerProblem[]) {
    super(
      [
        "DATABASE_URL cannot be used yet:",
        ...problems.flatMap((problem) => [
          `  - ${problem.text["zh-CN"]}`,
          `    ${problem.text.en}`,
          ...(problem.sql === undefined ? [] : [`      ${problem.sql}`]),
        ]),
      ].join("\n"),
    );
    this.problems = problems;
  }
}

/** Starts or reaches the database, brings its schema up to date and connects with as few rights as a request needs. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const embedded =
    options.databaseUrl === undefined ? await startEmbedded({ dataDir: options.dataDir, log: options.log }) : undefined;
  const ownerUrl = options.databaseUrl ?? embedded?.url ?? "";
  const owner = connect(ownerUrl, { max: 3, applicationName: "doorstep owner", onIdleError: options.onIdleError });
  let app: Pool | undefined;
  let house: Awaited<ReturnType<typeof holdHouse>> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([owner.end(), app?.end(), house?.release()]);
    await embedded?.stop();
  };
  try {
    if (!embedded) {
      const problems = await checkServer(owner);
      if (problems.length > 0) throw new DatabaseProblems(problems);
    }
    // before anything is written under a key that is not the one of these data
    house = await holdHouse(ownerUrl, options.master.key);
    await ensureAppRole(owner, { password: options.appPassword });
    await upToDate(owner, ownerUrl, options);
    await claimKey(owner, options.master);
    app = connect(withLogin(ownerUrl, APP_ROLE, options.appPassword), {
      max: 10,
      applicationName: "doorstep app",
      onIdleError: options.onIdleError,
      ...(options.onConnect && { onConnect: options.onConnect }),
    });
    await app.query("select 1");
    return { owner, app, ownerUrl, embedded: embedded !== undefined, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

const UPGRADE_LOCK = [0x646f_6f72, 13];

/** Brings the schema up to date; of several processes that start at once one does it, after one backup. */
async function upToDate(owner: Pool, ownerUrl: string, options: OpenDatabaseOptions): Promise<void> {
  const { migrations, log, upgrade } = options;
  const client = await owner.connect();
  try {
    await client.query("select pg_advisory_lock($1, $2)", UPGRADE_LOCK);
    await beforeUpgrade(owner, { ownerUrl, migrations, log }, upgrade);
    for (const set of migrations) {
      const { applied } = await migrate(owner, set);
      if (applied.length > 0) log(`Schema ${set.package}: ${applied.length} migrations applied.`);
    }
    await noteRelease(owner, upgrade.version);
  } finally {
    await client.query("select pg_advisory_unlock($1, $2)", UPGRADE_LOCK).catch(() => undefined);
    client.release();
  }
}

const MONTHS_AHEAD = 3;

/** Makes the months of ledger and outbox that are needed next; called at start and once a day. */
export async function ensurePartitions(app: Pool, now: Date): Promise<void> {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + MONTHS_AHEAD, 1));
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  await app.query("select kernel.ensure_partitions($1::date, $2::date)", [day(from), day(until)]);
}
