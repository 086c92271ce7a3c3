import type { Plugin, PluginSpec } from "@doorstep/sdk";
import type { CaseEvent, Ctx } from "@doorstep/sdk/server";
import { and, asc, eq, inArray, lt, ne, notInArray, sql } from "drizzle-orm";
import { cloudEvent } from "./cloud-event.ts";
import type { plugin } from "./plugin.ts";
import { type Delivery, deliveries } from "./schema.ts";
import { signedHeaders } from "./sign.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type WebhookSpec = SpecOf<typeof plugin>;
export type WebhookCtx = Ctx<WebhookSpec>;

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** After a first failure, a second, and so on; what has failed after all of them, five days in, is parked. */
const WAITS = [5, 15, 60, 240, ...Array<number>(10).fill(720)].map((minutes) => minutes * MINUTE);
/** Nobody else takes up what somebody is sending. */
const SENDING_MS = 2 * MINUTE;
/** How long what was sent is remembered, so that an event that is heard again is not sent again. */
const KEPT_MS = 7 * DAY;
/** In one turn; the rest goes with the next. */
const TURN = 200;

const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

/** Puts an event down for each receiver of the unit. */
export async function putDown(ctx: WebhookCtx, event: CaseEvent): Promise<void> {
  const { addresses } = ctx.settings;
  if (addresses.length === 0) return;
  const one = { unitId: ctx.unit.id, caseId: event.caseId, eventId: event.id, event };
  await ctx.db
    .insert(deliveries)
    .values(addresses.map((address) => ({ ...one, address, state: "waiting" as const, attempts: 0, nextAt: ctx.now })))
    .onConflictDoNothing();
}

/** The first of each petition for each receiver that has not gone out, where it is due. */
async function due(ctx: WebhookCtx, caseId: string | null, down: ReadonlySet<string>): Promise<readonly Delivery[]> {
  const mine = and(
    eq(deliveries.unitId, ctx.unit.id),
    ne(deliveries.state, "sent"),
    ...(caseId === null ? [] : [eq(deliveries.caseId, caseId)]),
    ...(down.size === 0 ? [] : [notInArray(deliveries.address, [...down])]),
  );
  const first = ctx.db
    .selectDistinctOn([deliveries.caseId, deliveries.address])
    .from(deliveries)
    .where(mine)
    .orderBy(deliveries.caseId, deliveries.address, asc(deliveries.no))
    .as("first");
  return await ctx.db
    .select()
    .from(first)
    .where(and(eq(first.state, "waiting"), sql`${first.nextAt} <= ${ctx.now}`))
    .orderBy(asc(first.no))
    .limit(TURN);
}

/** Takes one up; whoever comes second gets nothing. */
async function claim(ctx: WebhookCtx, { no, nextAt }: Delivery): Promise<boolean> {
  const taken = await ctx.db
    .update(deliveries)
    .set({ nextAt: after(ctx.now, SENDING_MS) })
    .where(and(eq(deliveries.no, no), eq(deliveries.state, "waiting"), eq(deliveries.nextAt, nextAt)))
    .returning({ no: deliveries.no });
  return taken.length > 0;
}

/** @returns what went wrong, in one word; `null`: it was taken */
async function send(ctx: WebhookCtx, { address, event }: Delivery): Promise<string | null> {
  const { secret } = ctx.settings;
  if (secret === "") return "noSecret";
  const body = cloudEvent(event, ctx.unit.code);
  try {
    const answer = await ctx.fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/cloudevents+json; charset=utf-8",
        ...signedHeaders(secret, event.id, ctx.now, body),
      },
      body,
    });
    return answer.ok ? null : `http.${answer.status}`;
  } catch {
    // its message may name the address, and what a receiver says is anybody's words
    return "unreachable";
  }
}

function outcome(ctx: WebhookCtx, { attempts }: Delivery, error: string | null): Partial<Delivery> {
  if (error === null) return { state: "sent", error, nextAt: ctx.now };
  // a secret that is still missing is the house's own affair: nothing is given up for it
  if (error === "noSecret") return { error, nextAt: after(ctx.now, WAITS[0] ?? MINUTE) };
  const wait = WAITS[attempts];
  if (wait === undefined) return { state: "parked", attempts: attempts + 1, error };
  return { attempts: attempts + 1, error, nextAt: after(ctx.now, wait) };
}

/** Sends one after the other to one receiver, until it fails. @returns whether any was sent */
async function sendAll(ctx: WebhookCtx, all: readonly Delivery[], onFailure: () => void): Promise<boolean> {
  let any = false;
  for (const one of all) {
    if (ctx.signal.aborted) return false;
    if (!(await claim(ctx, one))) continue;
    const error = await send(ctx, one);
    await ctx.db
      .update(deliveries)
      .set(outcome(ctx, one, error))
      .where(eq(deliveries.no, one.no));
    if (error !== null) {
      onFailure();
      return any;
    }
    any = true;
  }
  return any;
}

/**
 * Sends what is due at the unit, in the order of each petition: where one waits, those after it wait. A receiver that
 * does not answer is not tried again in the same turn, and holds up no other.
 *
 * @param caseId - of this petition alone
 */
export async function deliver(ctx: WebhookCtx, caseId: string | null = null): Promise<void> {
  const down = new Set<string>();
  for (let found = await due(ctx, caseId, down); found.length > 0; found = await due(ctx, caseId, down)) {
    // one may have become an accusation since: then nothing more of it goes out, not even that it is gone
    const open = new Set(await ctx.events.heard([...new Set(found.map((one) => one.caseId))]));
    const gone = found.filter((one) => !open.has(one.caseId)).map((one) => one.caseId);
    if (gone.length > 0) await ctx.db.delete(deliveries).where(inArray(deliveries.caseId, gone));
    const rest = found.filter((one) => open.has(one.caseId));
    const byReceiver = Map.groupBy(rest, (one) => one.address);
    const sent = await Promise.all([...byReceiver].map(([address, own]) => sendAll(ctx, own, () => down.add(address))));
    if (!sent.includes(true)) return;
  }
}

/** Forgets what was sent long ago, and what was for addresses that the unit has taken off. */
export async function tidy(ctx: WebhookCtx): Promise<void> {
  const { addresses } = ctx.settings;
  const mine = eq(deliveries.unitId, ctx.unit.id);
  await ctx.db
    .delete(deliveries)
    .where(and(mine, eq(deliveries.state, "sent"), lt(deliveries.nextAt, after(ctx.now, -KEPT_MS))));
  await ctx.db
    .delete(deliveries)
    .where(
      and(
        mine,
        ne(deliveries.state, "sent"),
        addresses.length === 0 ? undefined : notInArray(deliveries.address, [...addresses]),
      ),
    );
}
