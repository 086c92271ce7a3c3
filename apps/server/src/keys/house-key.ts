import { DoorstepError } from "@doorstep/contracts";
import { connect } from "@doorstep/database";
import type { ClientBase, Pool, PoolClient } from "pg";
import { keyMark } from "../backup/archive-secret.ts";
import type { MasterKey } from "./key-file.ts";

/** Held together by whoever works under the key, alone by whoever changes it. */
export const HOUSE_LOCK = [0x646f_6f72, 26] as const;

const AGAIN_MS = 1_000;

/** Under which key the data lie, and which change of it is not finished. */
export interface KeyState {
  readonly version: number;
  readonly mark: string;
  readonly nextMark: string | null;
  readonly step: string | null;
  readonly after: string | null;
}

/** `null`: nobody has written it down yet; `undefined`: an earlier release, which had no place for it. */
export async function readKeyState(db: Pick<ClientBase, "query">): Promise<KeyState | null | undefined> {
  const { rows: there } = await db.query<{ there: boolean }>(
    "select to_regclass('kernel.key_state') is not null as there",
  );
  if (!there[0]?.there) return undefined;
  const { rows } = await db.query<KeyState>(
    `select version, mark, next_mark as "nextMark", step, after from kernel.key_state`,
  );
  return rows[0] ?? null;
}

/** @throws DoorstepError `keys.unfinished`, `keys.wrong` where the data do not lie under this key. */
async function assertKey(db: Pick<ClientBase, "query">, key: Buffer): Promise<void> {
  const state = await readKeyState(db);
  if (!state) return;
  if (state.nextMark !== null) throw new DoorstepError("keys.unfinished");
  const here = keyMark(key);
  if (state.mark !== here) throw new DoorstepError("keys.wrong", { data: state.mark, here });
}

/** Writes down which key the data lie under, once. */
export async function claimKey(owner: Pool, master: Pick<MasterKey, "key" | "version">): Promise<void> {
  await owner.query("insert into kernel.key_state (version, mark) values ($1, $2) on conflict do nothing", [
    master.version,
    keyMark(master.key),
  ]);
}

/**
 * Works under this key from now on: nobody changes it meanwhile. A connection that is lost is made again.
 *
 * @throws DoorstepError `keys.running`, `keys.unfinished`, `keys.wrong`
 */
export async function holdHouse(ownerUrl: string, key: Buffer): Promise<{ readonly release: () => Promise<void> }> {
  const pool = connect(ownerUrl, { max: 1, applicationName: "doorstep key" });
  const held: { client?: PoolClient; timer?: NodeJS.Timeout; released?: true } = {};
  const take = async (): Promise<void> => {
    const client = await pool.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock_shared($1, $2) as mine", [
        ...HOUSE_LOCK,
      ]);
      if (!rows[0]?.mine) throw new DoorstepError("keys.running");
      await assertKey(client, key);
    } catch (error) {
      client.release(true);
      throw error;
    }
    held.client = client;
    client.once("end", () => {
      delete held.client;
      client.release(true);
      again();
    });
  };
  const again = (): void => {
    if (!held.released) held.timer = setTimeout(() => void take().catch(again), AGAIN_MS).unref();
  };
  try {
    await take();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    async release() {
      held.released = true;
      clearTimeout(held.timer);
      const { client } = held;
      client?.removeAllListeners("end");
      // the server notices a closed connection a moment later; whoever comes next need not wait for that
      await client?.query("select pg_advisory_unlock_shared($1, $2)", [...HOUSE_LOCK]).catch(() => undefined);
      client?.release(true);
      await pool.end();
    },
  };
}
