import { hash, randomBytes } from "node:crypto";
import { type addSystemInput, DoorstepError, type SystemScope, sensitiveScopes } from "@doorstep/contracts";
import type { z } from "zod";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { localDay } from "../units/living.ts";
import { lockLivingUnit } from "../units/lock-units.ts";

/** No token outlives a year, so that one that nobody needs any more ends by itself. */
const MOST_DAYS = 366;
const PREFIX = "dst_";

/** What is kept of a token. */
export const hashOfToken = (token: string): string => hash("sha256", token);

interface Locked {
  readonly id: string;
  readonly unit_id: string;
  readonly scopes: readonly SystemScope[];
  readonly added_by: string;
  readonly confirmed_at: Date | null;
  readonly ended_at: Date | null;
}

/** @throws DoorstepError `system.notFound` */
async function lockSystem(change: Change, systemId: string): Promise<Locked> {
  const { rows } = await change.client.query<Locked>(
    "select id, unit_id, scopes, added_by, confirmed_at, ended_at from kernel.systems where id = $1 for update",
    [systemId],
  );
  const [row] = rows;
  if (!row || row.ended_at) throw new DoorstepError("system.notFound");
  return row;
}

const record = (change: Change, stream: string, facts: Readonly<Record<string, unknown>>): Promise<void> =>
  recordFact(change.client, { stream, at: change.at, type: "system.changed", actor: change.by, facts });

/**
 * Connects a system. One that may file or read what people wrote waits for a second administrator.
 *
 * @throws DoorstepError `system.nameTaken`, `unit.notFound`, `unit.retired`
 */
export async function addSystem(change: Change, by: string, input: z.output<typeof addSystemInput>): Promise<void> {
  const unit = await lockLivingUnit(change, input.unitId);
  const id = change.newId();
  const scopes = [...new Set(input.scopes)];
  const waits = scopes.some((scope) => sensitiveScopes.includes(scope));
  const { rowCount } = await change.client.query(
    `insert into kernel.systems (id, name, why, unit_id, scopes, added_by, added_at, confirmed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) where ended_at is null do nothing`,
    [id, input.name, input.why, unit.id, scopes, by, change.at, waits ? null : change.at],
  );
  if (rowCount === 0) throw new DoorstepError("system.nameTaken");
  await record(change, unit.id, { act: waits ? "asked" : "added", system: id, scopes });
}

/** Agrees as the second administrator. @throws DoorstepError `system.notFound`, `system.needsSecond` */
export async function confirmSystem(change: Change, by: string, systemId: string): Promise<void> {
  const system = await lockSystem(change, systemId);
  if (system.confirmed_at) throw new DoorstepError("system.notFound");
  if (system.added_by === by) throw new DoorstepError("system.needsSecond");
  await change.client.query("update kernel.systems set confirmed_by = $2, confirmed_at = $3 where id = $1", [
    system.id,
    by,
    change.at,
  ]);
  await record(change, system.unit_id, { act: "confirmed", system: system.id, scopes: system.scopes });
}

/** Takes it out of service with all its tokens, or refuses one that waits. @throws DoorstepError `system.notFound` */
export async function endSystem(change: Change, by: string, systemId: string, why: string): Promise<void> {
  const system = await lockSystem(change, systemId);
  await change.client.query("update kernel.systems set ended_by = $2, ended_at = $3, end_why = $4 where id = $1", [
    system.id,
    by,
    change.at,
    why,
  ]);
  await change.client.query(
    "update kernel.system_tokens set revoked_at = $2 where system_id = $1 and revoked_at is null",
    [system.id, change.at],
  );
  await record(change, system.unit_id, { act: system.confirmed_at ? "ended" : "refused", system: system.id });
}

/**
 * Makes a token, which is shown once. Several may be valid side by side, so that one can be changed without a pause.
 *
 * @param until its last day, a local date of the unit
 * @throws DoorstepError `system.notFound`, `system.needsSecond`, `system.tokenUntil`
 */
export async function issueToken(change: Change, by: string, systemId: string, until: string): Promise<string> {
  const system = await lockSystem(change, systemId);
  if (!system.confirmed_at) throw new DoorstepError("system.needsSecond");
  const { rows } = await change.client.query<{ fits: boolean }>(
    `select $2::date between d.today and d.today + ${MOST_DAYS} as fits
       from kernel.units u cross join lateral (select ${localDay("u", "$3")} as today) d where u.id = $1`,
    [system.unit_id, until, change.at],
  );
  if (!rows[0]?.fits) throw new DoorstepError("system.tokenUntil", { days: MOST_DAYS });
  const token = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const id = change.newId();
  await change.client.query(
    "insert into kernel.system_tokens (id, system_id, hash, made_by, made_at, until) values ($1, $2, $3, $4, $5, $6)",
    [id, system.id, hashOfToken(token), by, change.at, until],
  );
  await record(change, system.unit_id, { act: "tokenMade", system: system.id, token: id, until });
  return token;
}

/** @throws DoorstepError `system.notFound` where there is no such token in force */
export async function revokeToken(change: Change, tokenId: string): Promise<void> {
  const { rows } = await change.client.query<{ system: string; unit: string }>(
    `update kernel.system_tokens t set revoked_at = $2 from kernel.systems s
      where t.id = $1 and t.revoked_at is null and s.id = t.system_id returning s.id as system, s.unit_id as unit`,
    [tokenId, change.at],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("system.notFound");
  await record(change, row.unit, { act: "tokenRevoked", system: row.system, token: tokenId });
}
