import { DoorstepError } from "@doorstep/contracts";
import { bringPluginBack, dropPutAside, hasPluginSchema, pluginNames, putPluginAside } from "@doorstep/database";
import { inChange, type Kernel } from "@doorstep/kernel";
import type { Retention } from "@doorstep/sdk";
import type { Pool, PoolClient } from "pg";
import { consumerName } from "../events/event-consumers.ts";
import type { By } from "./office.ts";
import { note, personOf } from "./publishers.ts";

export interface Removal {
  readonly id: string;
  readonly pluginId: string;
  readonly state: "asked" | "archived";
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly why: string;
  /** local date of the last day on which it can be brought back; `null` before it was decided */
  readonly dropOn: string | null;
}

/** Takes the data of a module that has ended out of the house: asked by one person, decided by another, dropped later. */
export interface Removals {
  /** @throws DoorstepError `module.running`, `module.keepsData`, `module.noData` */
  ask(pluginId: string, by: By): Promise<void>;
  /** @throws DoorstepError `module.noData`, `module.samePerson`, `module.running` */
  decide(of: { readonly id: string; readonly approve: boolean }, by: By): Promise<void>;
  /** Brings back what was put aside, before the module is installed again; takes back what was only asked for. */
  bringBack(pluginId: string, by: By["by"]): Promise<void>;
  /** Drops what is over its term. @returns how many */
  dropDue(): Promise<number>;
  open(): Promise<readonly Removal[]>;
}

interface Around {
  readonly kernel: Kernel;
  /** may rename schemas and change roles */
  readonly owner: Pool;
  readonly retentionOf: (pluginId: string) => Promise<Retention>;
  /** whether it runs, or would at the next start */
  readonly isInService: (client: PoolClient, pluginId: string) => Promise<boolean>;
}

const DAYS_OF_NONE = 30;
const DAY_MS = 86_400_000;

/** The first day on which nobody can have it back. */
export function dropDate(retention: Exclude<Retention, "archive">, now: Date): string {
  const day = new Date(now);
  if (retention === "none") day.setTime(day.getTime() + DAYS_OF_NONE * DAY_MS);
  else day.setUTCFullYear(day.getUTCFullYear() + Number.parseInt(retention, 10));
  return day.toISOString().slice(0, 10);
}

interface Row {
  id: string;
  plugin_id: string;
  state: "asked" | "archived";
  asked_by: string;
  put_aside_as: string | null;
  journal: unknown;
}

async function openRow(client: PoolClient, where: "id" | "plugin_id", value: string): Promise<Row | undefined> {
  const { rows } = await client.query<Row>(
    `select id, plugin_id, state, asked_by, put_aside_as, journal from kernel.plugin_removal
      where ${where} = $1 and state in ('asked', 'archived') for update`,
    [value],
  );
  return rows[0];
}

export function removals({ kernel, owner, retentionOf, isInService }: Around): Removals {
  // Schema, roles, journal, row and chain change in one transaction or not at all.
  const asOwner: Kernel = { ...kernel, pool: owner };
  const term = async (pluginId: string): Promise<Exclude<Retention, "archive">> => {
    const retention = await retentionOf(pluginId);
    if (retention === "archive") throw new DoorstepError("module.keepsData");
    return retention;
  };
  const assertEnded = async (client: PoolClient, pluginId: string): Promise<void> => {
    if (await isInService(client, pluginId)) throw new DoorstepError("module.running");
  };
  return {
    async ask(pluginId, { by, why }) {
      await term(pluginId);
      await inChange(asOwner, by, async (change) => {
        await assertEnded(change.client, pluginId);
        const askedBy = personOf(change);
        if (askedBy === null) throw new DoorstepError("unauthorized");
        if (!(await hasPluginSchema(change.client, pluginId))) throw new DoorstepError("module.noData");
        const { rowCount } = await change.client.query(
          `insert into kernel.plugin_removal (id, plugin_id, state, asked_by, asked_at, why)
           values ($1, $2, 'asked', $3, $4, $5) on conflict (plugin_id) where state in ('asked', 'archived') do nothing`,
          [change.newId(), pluginId, askedBy, change.at, why],
        );
        if (rowCount === 0) throw new DoorstepError("module.noData");
        await note(change, "module.purgeAsked", { plugin: pluginId });
      });
    },
    decide: ({ id, approve }, { by, why }) =>
      inChange(asOwner, by, async (change) => {
        const row = await openRow(change.client, "id", id);
        if (row?.state !== "asked") throw new DoorstepError("module.noData");
        const decidedBy = personOf(change);
        if (decidedBy === null) throw new DoorstepError("unauthorized");
        // who asked may take it back, but not decide for it
        if (approve && decidedBy === row.asked_by) throw new DoorstepError("module.samePerson");
        const pluginId = row.plugin_id;
        if (approve) {
          await assertEnded(change.client, pluginId);
          const as = `zz_${pluginNames(pluginId).schema.slice(0, 40)}_${id.slice(-12)}`;
          const journal = await putPluginAside(change.client, pluginId, as);
          await change.client.query(
            `update kernel.plugin_removal set state = 'archived', put_aside_as = $2, journal = $3, drop_on = $4,
               decided_by = $5, decided_at = $6, decided_why = $7 where id = $1`,
            [id, as, JSON.stringify(journal), dropDate(await term(pluginId), change.at), decidedBy, change.at, why],
          );
        } else
          await change.client.query(
            `update kernel.plugin_removal set state = 'declined', decided_by = nullif($2::uuid, asked_by),
               decided_at = $3, decided_why = $4, ended_at = $3 where id = $1`,
            [id, decidedBy, change.at, why],
          );
        await note(change, "module.purgeDecided", { plugin: pluginId, approved: approve, askedBy: row.asked_by });
      }),
    bringBack: (pluginId, by) =>
      inChange(asOwner, by, async (change) => {
        const row = await openRow(change.client, "plugin_id", pluginId);
        if (!row) return;
        const aside = row.put_aside_as === null ? null : { as: row.put_aside_as, journal: row.journal };
        const isBack = aside === null || (await bringPluginBack(change.client, pluginId, aside));
        await change.client.query(
          "update kernel.plugin_removal set state = $2, put_aside_as = null, journal = null, ended_at = $3 where id = $1",
          // a house that was restored from a backup does not have what was put aside
          [row.id, isBack ? "restored" : "dropped", change.at],
        );
        await note(change, isBack ? "module.dataBack" : "module.dataDropped", { plugin: pluginId });
      }),
    dropDue: () =>
      inChange(asOwner, "system", async (change) => {
        const { rows } = await change.client.query<{ id: string; plugin_id: string; put_aside_as: string }>(
          `select id, plugin_id, put_aside_as from kernel.plugin_removal
            where state = 'archived' and drop_on <= ($1::timestamptz at time zone 'utc')::date for update skip locked`,
          [change.at],
        );
        for (const row of rows) {
          await dropPutAside(change.client, row.put_aside_as);
          for (const table of ["plugin_file", "plugin_setting", "plugin_incident", "plugin_job"])
            await change.client.query(`delete from kernel.${table} where plugin_id = $1`, [row.plugin_id]);
          // installed anew it hears what happens from then on, as one that was never there
          const consumer = consumerName(row.plugin_id);
          await change.client.query("delete from kernel.parked where consumer = $1", [consumer]);
          await change.client.query("delete from kernel.consumers where name = $1", [consumer]);
          await change.client.query(
            "update kernel.plugin_removal set state = 'dropped', put_aside_as = null, journal = null, ended_at = $2 where id = $1",
            [row.id, change.at],
          );
          await note(change, "module.dataDropped", { plugin: row.plugin_id });
        }
        return rows.length;
      }),
    async open() {
      const { rows } = await kernel.pool.query<Removal>(
        `select id, plugin_id as "pluginId", state, asked_by as "askedBy", asked_at as "askedAt", why,
           drop_on::text as "dropOn" from kernel.plugin_removal where state in ('asked', 'archived') order by plugin_id`,
      );
      return rows;
    },
  };
}
