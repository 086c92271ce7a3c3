import { type Kernel, monthsDue, releasedMonths, releaseMonth } from "@doorstep/kernel";
import { dayOf } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import type { Pool } from "pg";
import { z } from "zod";
import type { Serving } from "../calls/endpoint.ts";
import { hostRequest } from "../calls/host-request.ts";
import { runCall } from "../calls/run-call.ts";
import type { UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { OddAnswer } from "../remote/supervise.ts";

/** A dataset, and the topmost unit in whose time months end. */
export interface DatasetOf {
  readonly plugin: HostedPlugin;
  readonly unit: UnitRow;
  /** local name */
  readonly key: string;
  readonly spec: DatasetSpec;
}

const MOST_ROWS = 200_000;

const each = <T extends z.ZodType>(record: Readonly<Record<string, unknown>>, of: (key: string) => T) =>
  z.strictObject(Object.fromEntries(Object.keys(record).map((key) => [key, of(key)])));

const answerOf = ({ dimensions, measures }: DatasetSpec): z.ZodType<DatasetRow[] | null> =>
  z
    .array(
      z
        .strictObject({
          unitId: z.uuid(),
          count: z.int().min(0),
          values: each(dimensions, (name) => z.enum(Object.keys(dimensions[name]?.values ?? {}))),
          measures: each(measures, () => z.int().min(0)),
        })
        .refine((row) => Object.values(row.measures).every((yes) => yes <= row.count)),
    )
    .max(MOST_ROWS)
    .nullable();

async function assertUnits(pool: Pool, rows: readonly DatasetRow[]): Promise<void> {
  const ids = [...new Set(rows.map((row) => row.unitId))];
  const found = await pool.query("select from kernel.units where id = any($1)", [ids]);
  if (found.rowCount !== ids.length) throw new OddAnswer("a dataset counts at a unit that the house does not have");
}

/**
 * Releases what a dataset has to say by now: months that were not released yet, and where the newest comes, corrections of
 * those before it that were counted here. The newest is kept last, so that a round that ends in the midst is done again.
 *
 * @throws whatever the plugin throws
 */
export async function releaseDue(serving: Serving, k: Kernel, { plugin, unit, key, spec }: DatasetOf): Promise<void> {
  const dataset = `${plugin.manifest.id}/${key}`;
  const answer = answerOf(spec);
  const count = (month: string): Promise<readonly DatasetRow[] | null> =>
    runCall(serving, { plugin, unit, kind: "dataset", request: hostRequest(k) }, async (ctx) => {
      const rows = answer.parse(await spec.live(ctx, { month }));
      if (rows) await assertUnits(k.pool, rows);
      return rows;
    });
  const release = async (month: string, rows: readonly DatasetRow[] | null): Promise<void> => {
    if (!rows) return;
    const dimensions = Object.entries(spec.dimensions).map(([name, { values }]) => [name, Object.keys(values)]);
    await releaseMonth(k, {
      ...{ dataset, month, rows },
      dimensions: Object.fromEntries(dimensions),
      measures: Object.keys(spec.measures),
    });
  };
  const [newest = "", ...before] = monthsDue(dayOf(k.now().toISOString(), unit.timeZone));
  const released = await releasedMonths(k, dataset);
  const rowsOfNewest = released.has(newest) ? null : await count(newest);
  const toCount = before.filter((month) => !released.has(month) || (rowsOfNewest && released.get(month) === "counted"));
  for (const month of toCount) await release(month, await count(month));
  await release(newest, rowsOfNewest);
}
