import { existsSync, linkSync, readFileSync, renameSync } from "node:fs";
import { DoorstepError } from "@doorstep/contracts";
import { APP_ROLE, connect, ensureAppRole } from "@doorstep/database";
import {
  deriveKeys,
  inTransaction,
  type KeyPair,
  keepKeys,
  keepSealKey,
  type RekeyStep,
  readKeptKeys,
  recordFact,
  rekeySteps,
  START,
  sealKeyOf,
} from "@doorstep/kernel";
import { pluginFileKeys, secretSettingKeys } from "@doorstep/plugin-host";
import type { Pool, PoolClient } from "pg";
import { secondFactorKeys } from "../accounts/second-factor-keys.ts";
import { keyMark } from "../backup/archive-secret.ts";
import { type HousePlace, presentKey, reachDatabase } from "../backup/place.ts";
import { isUpToDate } from "../database/is-up-to-date.ts";
import { HOUSE_LOCK, type KeyState, readKeyState } from "./house-key.ts";
import { type MasterKey, makeKeyFile, parseKeyFile } from "./key-file.ts";

export interface RotateOptions {
  readonly place: HousePlace;
  /** where the new key stands, or is made; absent: beside the key file, which it replaces in the end */
  readonly newKey?: string;
  readonly print: (line: string) => void;
  readonly now: () => Date;
  /** after each piece of work that is in the database for good */
  readonly onProgress?: (what: string, done: number) => void;
}

export interface Rotated {
  readonly from: number;
  readonly to: number;
  /** how much of each kind lies under the new key */
  readonly counts: Readonly<Record<string, number>>;
  /** where the new key is */
  readonly newKey: string;
  /** where the old one was put; `null`: where it was */
  readonly oldKey: string | null;
}

const steps: readonly RekeyStep[] = [...rekeySteps, pluginFileKeys, secretSettingKeys, secondFactorKeys];
/** After the last step: everything is looked at once more. */
const LOOKING = "look";

/**
 * Puts everything that lies under the master key under another one. Broken off at any moment it goes on where it was;
 * until it is finished nothing else opens these data.
 *
 * @throws DoorstepError `keys.*`, `backup.noKey`
 */
export async function rotateKeys(options: RotateOptions): Promise<Rotated> {
  const { place } = options;
  const current = await presentKey(place);
  if (current.path === undefined && options.newKey === undefined) throw new DoorstepError("keys.nextNeeded");
  const reached = await reachDatabase(place, options.print);
  const owner = connect(reached.ownerUrl, { max: 2, applicationName: "doorstep keys" });
  try {
    return await alone(owner, () => rotate(owner, current, options));
  } finally {
    await owner.end();
    await reached.close();
  }
}

/** @throws DoorstepError `keys.inUse` while anybody works under the key. */
async function alone<T>(owner: Pool, work: () => Promise<T>): Promise<T> {
  const client = await owner.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1, $2) as mine", [
      ...HOUSE_LOCK,
    ]);
    if (!rows[0]?.mine) throw new DoorstepError("keys.inUse");
    return await work();
  } finally {
    await client.query("select pg_advisory_unlock($1, $2)", [...HOUSE_LOCK]).catch(() => undefined);
    client.release(true);
  }
}

async function rotate(owner: Pool, current: MasterKey, options: RotateOptions): Promise<Rotated> {
  const state = await readKeyState(owner);
  if (!state || !(await isUpToDate(owner))) throw new DoorstepError("keys.startFirst");
  const file = options.newKey ?? `${current.path}.next`;
  const here = keyMark(current.key);
  if (state.nextMark === null && state.mark !== here) return finishedBefore(state, current, file, options);
  if (state.mark !== here) throw new DoorstepError("keys.wrong", { data: state.mark, here });
  const next = state.nextMark === null ? newKeyAt(file, current) : keyAgain(file, state.nextMark);
  const kept = await readKeptKeys(owner, deriveKeys(current.key, current.version));
  const from = deriveKeys(current.key, current.version, kept);
  const keys: KeyPair = { from, to: deriveKeys(next.key, next.version, { code: from.code }) };
  if (state.nextMark === null) await begin(owner, keys, current, next, options.now());
  await shutOut(owner, keys.to);
  const counts = await changeAll(owner, keys, options);
  await finish(owner, keys, { from: current.version, to: next.version, counts }, options.now());
  return { from: current.version, to: next.version, counts, newKey: file, oldKey: null, ...putAway(current, options) };
}

/** Everything was done but that the new file takes the place of the old one. */
function finishedBefore(state: KeyState, current: MasterKey, file: string, options: RotateOptions): Rotated {
  const wrong = new DoorstepError("keys.wrong", { data: state.mark, here: keyMark(current.key) });
  if (options.newKey !== undefined || !existsSync(file)) throw wrong;
  if (keyMark(readKey(file).key) !== state.mark) throw wrong;
  const { version } = current;
  return { from: version, to: state.version, counts: {}, newKey: file, oldKey: null, ...putAway(current, options) };
}

const readKey = (file: string) => parseKeyFile(readFileSync(file, "utf8"), file);

function newKeyAt(file: string, current: MasterKey): Omit<MasterKey, "path"> {
  if (!existsSync(file)) makeKeyFile(file, current.version + 1);
  const next = readKey(file);
  if (next.version !== current.version + 1 || next.key.equals(current.key))
    throw new DoorstepError("keys.nextUnfit", { place: file, version: current.version + 1 });
  return next;
}

function keyAgain(file: string, mark: string): Omit<MasterKey, "path"> {
  const next = existsSync(file) ? readKey(file) : undefined;
  if (!next || keyMark(next.key) !== mark) throw new DoorstepError("keys.nextLost", { next: mark, place: file });
  return next;
}

/** Of the house as a whole, on the chain of its root; an empty house has none yet. */
async function note(
  client: PoolClient,
  type: "keys.rotationBegun" | "keys.rotated",
  at: Date,
  facts: object,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    "select id from kernel.units where parent_id is null order by id limit 1",
  );
  const stream = rows[0]?.id;
  if (stream !== undefined)
    await recordFact(client, { stream, at, type, actor: "system", facts: facts as Readonly<Record<string, unknown>> });
}

async function begin(
  owner: Pool,
  keys: KeyPair,
  current: MasterKey,
  next: Omit<MasterKey, "path">,
  at: Date,
): Promise<void> {
  await inTransaction(owner, async (client) => {
    await client.query("update kernel.key_state set next_version = $1, next_mark = $2, step = null, after = null", [
      next.version,
      keyMark(next.key),
    ]);
    await keepSealKey(client, sealKeyOf(keys.from.ledgerSeed), at);
    await note(client, "keys.rotationBegun", at, { from: current.version, to: next.version });
  });
}

/** Whoever still has a connection by the old key loses it, and gets no other one. */
async function shutOut(owner: Pool, to: KeyPair["to"]): Promise<void> {
  await ensureAppRole(owner, { password: to.derive("role:doorstep_app").toString("base64url") });
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where usename = $1 and datname = current_database() and pg_has_role(usesysid, 'usage')`,
    [APP_ROLE],
  );
}

async function changeAll(
  owner: Pool,
  keys: KeyPair,
  options: RotateOptions,
): Promise<Readonly<Record<string, number>>> {
  const state = await readKeyState(owner);
  const at = steps.findIndex((step) => step.id === state?.step);
  if (state?.step !== LOOKING)
    for (const [index, step] of steps.entries())
      if (index >= at) await changeOne(owner, keys, step, index === at ? (state?.after ?? START) : START, options);
  return lookAtAll(owner, keys, options);
}

/** Rows and how far it has come in one transaction: broken off, nothing is done twice or left out. */
async function changeOne(
  owner: Pool,
  keys: KeyPair,
  step: RekeyStep,
  from: string,
  options: RotateOptions,
): Promise<void> {
  for (let after: string | undefined = from, done = 0; after !== undefined; ) {
    const before: string = after;
    const walked = await inTransaction(owner, async (client) => {
      const rows = await step.change(client, keys, before);
      if (rows) await client.query("update kernel.key_state set step = $1, after = $2", [step.id, rows.after]);
      return rows;
    });
    done += walked?.rows ?? 0;
    after = walked?.after;
    if (walked) options.onProgress?.(step.id, done);
  }
}

/** The old key goes only when the new one opens everything. */
async function lookAtAll(
  owner: Pool,
  keys: KeyPair,
  options: RotateOptions,
): Promise<Readonly<Record<string, number>>> {
  await owner.query("update kernel.key_state set step = $1, after = null", [LOOKING]);
  const counts: Record<string, number> = {};
  const lost: Record<string, number> = {};
  const client = await owner.connect();
  try {
    for (const step of steps) {
      counts[step.id] = 0;
      for (let seen = await step.check(client, keys, START); seen; seen = await step.check(client, keys, seen.after)) {
        counts[step.id] = (counts[step.id] ?? 0) + seen.rows;
        if (seen.lost > 0) lost[step.id] = (lost[step.id] ?? 0) + seen.lost;
        options.onProgress?.(`${LOOKING} ${step.id}`, counts[step.id] ?? 0);
      }
    }
  } finally {
    client.release();
  }
  const count = Object.values(lost).reduce((sum, n) => sum + n, 0);
  if (count > 0) throw new DoorstepError("keys.notAll", { count, kinds: Object.keys(lost).join(", ") });
  return counts;
}

async function finish(
  owner: Pool,
  keys: KeyPair,
  facts: { readonly from: number; readonly to: number; readonly counts: Readonly<Record<string, number>> },
  at: Date,
): Promise<void> {
  await inTransaction(owner, async (client) => {
    await keepKeys(client, keys.from, keys.to);
    await client.query(
      `update kernel.key_state set version = next_version, mark = next_mark, next_version = null, next_mark = null,
         step = null, after = null`,
    );
    await note(client, "keys.rotated", at, facts);
  });
}

/** The new file takes the old one's name; the old one stays beside it for whoever puts it away. */
function putAway(current: MasterKey, options: RotateOptions): { readonly newKey?: string; readonly oldKey?: string } {
  if (options.newKey !== undefined || current.path === undefined) return {};
  const oldKey = `${current.path}.v${current.version}`;
  if (!existsSync(oldKey)) linkSync(current.path, oldKey);
  renameSync(`${current.path}.next`, current.path);
  return { newKey: current.path, oldKey };
}
