import { DoorstepError, type OrganTerm } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import { z } from "zod";
import type { Actor } from "../actor.ts";
import { ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { ACCESS_STREAM } from "../ledger/record-access.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { signedIn } from "../request-context.ts";
import { monthsFor } from "../retention/due.ts";
import { inTransaction } from "../transaction.ts";
import {
  assertMember,
  CAME_TO,
  type OwnOrgan,
  openedRecord,
  organsOf,
  type RecordRow,
  type Sealed,
  writeRecord,
} from "./organ-records.ts";

/** The organ's own minutes of what it let go lie among its records; no module has a name with a point in it. */
const MINUTES = "kernel.terms";

const minute = z.object({ before: z.string(), askedBy: z.string(), askedAt: z.string(), confirmed: z.boolean() });

interface Opened {
  readonly row: RecordRow & { readonly plugin_id: string };
  /** `null`: the organ's key does not open it, so that nobody can say how old it is */
  readonly sealed: Sealed | null;
}

const openedOrNull = (k: Pick<Kernel, "keys">, row: RecordRow): Sealed | null => {
  try {
    return openedRecord(k, row);
  } catch {
    return null;
  }
};

async function allOf(k: Kernel, client: Pick<PoolClient, "query">, organId: string): Promise<readonly Opened[]> {
  const { rows } = await client.query<Opened["row"]>(
    `select id, organ_id, plugin_id, record_id, version, data from kernel.organ_records
      where organ_id in (${CAME_TO}) order by record_id, version`,
    [organId],
  );
  return rows.map((row) => ({ row, sealed: openedOrNull(k, row) }));
}

const recordKey = ({ row }: Opened): string => `${row.organ_id} ${row.plugin_id} ${row.record_id}`;

/** Rows of records whose last version was written before; a record of which one version cannot be opened stays whole. */
function overBy(all: readonly Opened[], before: string): readonly string[] {
  const over = [...Map.groupBy(all, recordKey).values()].filter((versions) => {
    const last = versions.at(-1)?.sealed;
    return last && last.at <= before && versions.every((one) => one.sealed !== null);
  });
  return over.flat().map((one) => one.row.id);
}

interface Minute extends z.output<typeof minute> {
  readonly askingId: string;
  readonly at: string;
  readonly by: string;
}

function minutesOf(all: readonly Opened[]): readonly Minute[] {
  const last = new Map(all.filter(({ row }) => row.plugin_id === MINUTES).map((one) => [one.row.record_id, one]));
  return [...last.values()]
    .flatMap(({ row, sealed }) => {
      const parsed = minute.safeParse(sealed?.data);
      return sealed && parsed.success
        ? [{ ...parsed.data, askingId: row.record_id, at: sealed.at, by: sealed.by }]
        : [];
    })
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

async function termAt(k: Kernel, client: Pick<PoolClient, "query">, organ: OwnOrgan) {
  const { rows } = await client.query<{ months: number; before: Date }>(
    `select x.months, $2::timestamptz - make_interval(months => x.months) as before from kernel.units u
       cross join lateral (select ${monthsFor("organRecords")} as months) x where u.id = $1`,
    [organ.unitId, k.now()],
  );
  const [found] = rows;
  if (!found) throw new DoorstepError("unit.notFound");
  return { months: found.months, before: found.before.toISOString() };
}

async function termOf(k: Kernel, client: Pick<PoolClient, "query">, actor: Actor, organ: OwnOrgan): Promise<OrganTerm> {
  const { months, before } = await termAt(k, client, organ);
  const minutes = minutesOf(await allOf(k, client, organ.organId));
  const { rows } = await client.query<{ id: string; name: string }>(
    "select id, name from kernel.people where id = any ($1::uuid[])",
    [minutes.flatMap((one) => [one.askedBy, one.by])],
  );
  const nameOf = (id: string): string => rows.find((person) => person.id === id)?.name ?? "";
  const open = minutes.find((one) => !one.confirmed);
  return {
    organ: { id: organ.organId, name: organ.name },
    months,
    before,
    asked: open
      ? {
          ...{ askingId: open.askingId, by: nameOf(open.askedBy), own: open.askedBy === actor.personId },
          ...{ at: open.askedAt, before: open.before },
        }
      : null,
    done: minutes
      .filter((one) => one.confirmed)
      .map((one) => ({ at: one.at, before: one.before, askedBy: nameOf(one.askedBy), confirmedBy: nameOf(one.by) })),
  };
}

/** That a member was at the organ's terms, the same whatever he found and did there: it would be a count. */
const noteLook = (k: Kernel, client: PoolClient, actor: Actor, organId: string): Promise<unknown> =>
  recordFact(client, {
    ...{ stream: ACCESS_STREAM, at: k.now(), type: "access.contentRead", actor: ledgerActorOf(actor) },
    facts: { organ: organId, module: MINUTES, level: 3 },
  });

/** One member at a time, so that two never ask or confirm at once. */
async function atTerms(
  k: Kernel,
  actor: Actor,
  organId: string,
  work: (client: PoolClient, organ: OwnOrgan) => Promise<void>,
): Promise<OrganTerm> {
  await assertMember(k, actor, organId);
  const organ = (await organsOf(k, actor)).find((one) => one.organId === organId) as OwnOrgan;
  return await inTransaction(k.pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 39))", [organId]);
    await noteLook(k, client, actor, organId);
    await work(client, organ);
    return await termOf(k, client, actor, organ);
  });
}

interface Asking {
  readonly organId: string;
  readonly askingId: string;
}

/** A member asks that what is over its time be destroyed. Where it was asked already, that stands. */
const askToDestroy = (k: Kernel, actor: Actor, { organId, askingId }: Asking): Promise<OrganTerm> =>
  atTerms(k, actor, organId, async (client, organ) => {
    const minutes = minutesOf(await allOf(k, client, organId));
    if (minutes.some((one) => !one.confirmed || one.askingId === askingId)) return;
    const { before } = await termAt(k, client, organ);
    const asked = { before, askedBy: actor.personId, askedAt: k.now().toISOString(), confirmed: false };
    await writeRecord(k, client, actor, { organId, pluginId: MINUTES, recordId: askingId, version: 1 }, asked);
  });

/**
 * Another member confirms: what was over its time when it was asked, and still is, is gone with every version of it.
 *
 * @throws DoorstepError `proposal.samePerson`; `proposal.notFound` where it was confirmed or dropped meanwhile
 */
const confirmToDestroy = (k: Kernel, actor: Actor, { organId, askingId }: Asking): Promise<OrganTerm> =>
  atTerms(k, actor, organId, async (client, organ) => {
    const all = await allOf(k, client, organId);
    const asked = minutesOf(all).find((one) => one.askingId === askingId);
    if (asked?.confirmed && asked.by === actor.personId) return;
    if (!asked || asked.confirmed) throw new DoorstepError("proposal.notFound");
    if (asked.askedBy === actor.personId) throw new DoorstepError("proposal.samePerson");
    const now = await termAt(k, client, organ);
    // a term that became longer meanwhile holds
    const before = new Date(Math.min(Date.parse(asked.before), Date.parse(now.before))).toISOString();
    const { askedBy, askedAt } = asked;
    const at = { organId, pluginId: MINUTES, recordId: askingId, version: 2 };
    await writeRecord(k, client, actor, at, { before, askedBy, askedAt, confirmed: true });
    await client.query(
      `delete from kernel.organ_records r where r.id = any ($1::uuid[]) and not exists (select from kernel.organ_records n
        where n.organ_id = r.organ_id and n.plugin_id = r.plugin_id and n.record_id = r.record_id and n.id <> all ($1::uuid[]))`,
      [overBy(all, before)],
    );
  });

/** Any member lets it be: of the asking nothing stays. */
const dropAsking = (k: Kernel, actor: Actor, { organId, askingId }: Asking): Promise<OrganTerm> =>
  atTerms(k, actor, organId, async (client) => {
    const asked = minutesOf(await allOf(k, client, organId)).find((one) => one.askingId === askingId);
    if (asked && !asked.confirmed)
      await client.query("delete from kernel.organ_records where plugin_id = $1 and record_id = $2", [
        MINUTES,
        askingId,
      ]);
  });

export const organTermsHandlers: Handlers["organTerms"] = {
  async list(ctx) {
    const [k, actor] = [ctx.kernel, signedIn(ctx)];
    const terms: OrganTerm[] = [];
    for (const { organId } of await organsOf(k, actor))
      terms.push(await atTerms(k, actor, organId, () => Promise.resolve()));
    return terms;
  },
  ask: (ctx, input) => askToDestroy(ctx.kernel, signedIn(ctx), input),
  confirm: (ctx, input) => confirmToDestroy(ctx.kernel, signedIn(ctx), input),
  drop: (ctx, input) => dropAsking(ctx.kernel, signedIn(ctx), input),
};
