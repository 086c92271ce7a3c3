import { isDeepStrictEqual } from "node:util";
import { calendar as calendarSchema, policyPack } from "@doorstep/contracts";
import type { Pool } from "pg";
import type { z } from "zod";
import type { HostedPlugin, Problem } from "../registry.ts";
import { lineOf, problem } from "./problems.ts";

interface Installable {
  readonly id: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
  /** gives what stands there under the same id and version */
  readonly store: (body: unknown) => Promise<unknown>;
}

/**
 * Copies policy packs and calendars into the kernel's tables, where they stay whatever becomes of the plugin. What is
 * there under the same id and version is never overwritten: cases have pinned it.
 */
export async function installPacks(plugin: HostedPlugin, pool: Pool, now: Date): Promise<HostedPlugin> {
  const { policyPacks = [], calendars = [] } = plugin.server?.part ?? {};
  const packs: Installable[] = policyPacks.map((value: { id: string; version: string }) => ({
    id: `${value.id}@${value.version}`,
    schema: policyPack,
    value,
    store: (body: unknown) => storePack(pool, value, body, now),
  }));
  const days: Installable[] = calendars.map((value: { id: string; region: string; officialUntil: string }) => ({
    id: value.id,
    schema: calendarSchema,
    value,
    store: (body: unknown) => storeCalendar(pool, value, body, now),
  }));
  const problems: Problem[] = [];
  for (const one of [...packs, ...days]) {
    const found = await install(one);
    if (found) problems.push(found);
  }
  return problems.length === 0 ? plugin : { ...plugin, problems: [...plugin.problems, ...problems] };
}

async function install(one: Installable): Promise<Problem | undefined> {
  try {
    const parsed = one.schema.safeParse(one.value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return problem("plugin.packInvalid", { id: one.id, error: `${issue?.path.join(".")}: ${issue?.message}` });
    }
    // As it comes back from the table, so that the two can be compared.
    const body: unknown = JSON.parse(JSON.stringify(parsed.data));
    return isDeepStrictEqual(await one.store(body), body) ? undefined : problem("plugin.packChanged", { id: one.id });
  } catch (error) {
    return problem("plugin.packInvalid", { id: one.id, error: lineOf(error) });
  }
}

async function storePack(
  pool: Pool,
  pack: { readonly id: string; readonly version: string },
  body: unknown,
  now: Date,
): Promise<unknown> {
  await pool.query(
    "insert into kernel.policy_packs (id, version, body, installed_at) values ($1, $2, $3, $4) on conflict do nothing",
    [pack.id, pack.version, JSON.stringify(body), now],
  );
  const { rows } = await pool.query("select body from kernel.policy_packs where id = $1 and version = $2", [
    pack.id,
    pack.version,
  ]);
  return rows[0]?.body;
}

async function storeCalendar(
  pool: Pool,
  one: { readonly id: string; readonly region: string; readonly officialUntil: string },
  body: unknown,
  now: Date,
): Promise<unknown> {
  await pool.query(
    `insert into kernel.calendars (id, region, official_until, body, installed_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [one.id, one.region, one.officialUntil, JSON.stringify(body), now],
  );
  const { rows } = await pool.query("select body from kernel.calendars where id = $1", [one.id]);
  return rows[0]?.body;
}
