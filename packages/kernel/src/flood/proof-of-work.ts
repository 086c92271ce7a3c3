import { pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { hmacSha256 } from "../vault/key-object.ts";
import type { Keys } from "../vault/keys.ts";

const derive = promisify(pbkdf2);
const VALID_MS = 20 * 60_000;
const MAC_BYTES = 16;
/** PBKDF2 is native in every browser, so that a flooder's own machine is hardly faster than a petitioner's telephone. */
const ITERATIONS = 400;

const macOf = (keys: Keys, key: string, until: string, bits: string): Buffer =>
  hmacSha256(keys.derive("filing-work")).update(`${key}\0${until}\0${bits}`).digest().subarray(0, MAC_BYTES);

/** What a device is to find: a number whose PBKDF2-SHA256 over the challenge begins with so many zero bits. */
export interface Task {
  readonly bits: number;
  readonly iterations: number;
  readonly challenge: string;
}

/**
 * A task for the one petition with this key: nothing is remembered of it, and what was worked out for one petition
 * serves no other.
 */
export function taskFor(keys: Keys, key: string, bits: number, now: Date): Task {
  const until = (now.getTime() + VALID_MS).toString(36);
  const mac = macOf(keys, key, until, String(bits)).toString("base64url");
  return { bits, iterations: ITERATIONS, challenge: `${until}.${bits}.${mac}` };
}

/** Whether the work was done for a task of ours, for this petition, in time. Cheap where somebody made one up. */
export async function isWorkDone(keys: Keys, key: string, work: string, now: Date): Promise<boolean> {
  const [until, bits, mac, number] = work.split(".");
  if (!until || !bits || !mac || !number) return false;
  const given = Buffer.from(mac, "base64url");
  const expected = macOf(keys, key, until, bits);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  if (Number.parseInt(until, 36) < now.getTime()) return false;
  const lead = (await derive(number, `${until}.${bits}.${mac}`, ITERATIONS, 4, "sha256")).readUInt32BE(0);
  return lead >>> (32 - Number(bits)) === 0;
}
