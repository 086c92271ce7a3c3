import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { socketUrl, withDatabase } from "../url.ts";
import { askServer } from "./answers.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { createCluster, readSecret, setSecret } from "./create-cluster.ts";
import { makeReachable } from "./make-reachable.ts";
import { choosePlace, type Place } from "./place.ts";
import { Postmaster } from "./postmaster.ts";
import { writeSettings } from "./settings.ts";

/** A running embedded server. */
export interface EmbeddedServer {
  /** The owner's address, database `doorstep`. It holds a password: never log it. */
  readonly url: string;
  /** True when a server left over from a killed run (or of another live process) was taken over. */
  readonly adopted: boolean;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

/** How to start it. */
export interface EmbeddedOptions {
  /** Doorstep's data folder; the cluster becomes its subfolder `postgres`. */
  readonly dataDir: string;
  /** Takes one plain sentence at a time. */
  readonly log?: (line: string) => void;
}

const DATABASE = "doorstep";
const CREATION_LOCK = 0x646f_6f73;
const KEEPER = "doorstep keeper";

/**
 * Starts the embedded PostgreSQL over a data folder, or takes over the one that already answers there. If it dies
 * later it is started again; pools reconnect by themselves.
 *
 * @throws Error that says what to do, when this machine has no binaries or the data cannot be opened.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const place = choosePlace(options.dataDir);
  const binaries = makeReachable(findBinaries(), place.account);
  if (place.moved) log(`The database's user cannot reach ${place.dataDir}; its files are in ${place.cluster}.`);
  if (existsSync(place.cluster)) {
    assertSameMajor(binaries, place);
  } else {
    log("Creating the database.");
    await createCluster(binaries, place);
  }
  let password = readSecret(place.cluster);
  if (password === undefined) {
    log("The file with the database's password is gone; setting a new one.");
    password = await setSecret(binaries, place.account, place.cluster);
  }
  writeSettings(place.cluster, place);
  const root = socketUrl({ host: place.socketDir, user: "postgres", password, database: "postgres" });
  const postmaster = new Postmaster(binaries, place, root, log);
  const adopted = await postmaster.ensureUp();
  await createDatabase(root);
  const guard = await watch(root, postmaster, log);
  const url = withDatabase(root, DATABASE);
  return {
    url,
    adopted,
    async stop() {
      const others = await guard.leave();
      if (others > 0) log("The database stays up: another process uses it.");
      else await postmaster.stop();
    },
  };
}

function assertSameMajor(binaries: Binaries, place: Place): void {
  const written = readFileSync(join(place.cluster, "PG_VERSION"), "utf8").trim();
  const ours = binaries.version.split(".", 1)[0];
  if (written !== ours) {
    throw new Error(
      `The data in ${place.cluster} were written by PostgreSQL ${written}, this version brings ${ours}. Back up with the version that wrote them, and restore into an empty folder.`,
    );
  }
}

async function createDatabase(root: string): Promise<void> {
  const client = new Client({ connectionString: root });
  await client.connect();
  try {
    // Two processes may start over a new folder at once.
    await client.query("select pg_advisory_lock($1)", [CREATION_LOCK]);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Holds one connection: it shows other processes that we use the server, and us when the server dies. */
async function watch(root: string, postmaster: Postmaster, log: (line: string) => void) {
  let leaving = false;
  let client = await open();

  async function open(): Promise<Client> {
    const opened = new Client({ connectionString: root, application_name: KEEPER, keepAlive: true });
    opened.on("error", () => undefined);
    await opened.connect();
    opened.once("end", () => {
      if (!leaving) void revive();
    });
    return opened;
  }

  async function revive(): Promise<void> {
    log("The database went away; starting it again.");
    while (!leaving) {
      try {
        await postmaster.ensureUp();
        client = await open();
        log("The database is back.");
        return;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        await sleep(1_000);
      }
    }
  }

  return {
    /** Lets go of the server and tells how many others still hold it. */
    async leave(): Promise<number> {
      leaving = true;
      let others = 0;
      if ((await askServer(root)) === "up") {
        const { rows } = await client
          .query(
            "select count(*)::int as n from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
            [KEEPER],
          )
          .catch(() => ({ rows: [{ n: 0 }] }));
        others = rows[0]?.n ?? 0;
      }
      await client.end().catch(() => undefined);
      return others;
    },
  };
}
