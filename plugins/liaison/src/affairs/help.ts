import { addDays, type Id, type NamedPerson } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { affairs, words } from "../schema.ts";
import {
  type Affair,
  type AffairCtx,
  type JobCtx,
  meOf,
  move,
  openAffair,
  pathOf,
  seen,
  todayOf,
} from "./affair-ctx.ts";
import { endTask, giveHelper, giveTask } from "./tasks.ts";

/** Who can stay with a matter: whoever handles petitions over this unit. */
export async function helpers(ctx: AffairCtx): Promise<readonly NamedPerson[]> {
  const found = await Promise.all((["handler", "officer"] as const).map((role) => ctx.people.holding(role)));
  return [...new Map(found.flat().map((person) => [person.id, person])).values()];
}

async function assertHelper(ctx: AffairCtx, helperId: Id): Promise<void> {
  if (!(await helpers(ctx)).some((one) => one.id === helperId)) throw refuse("helper");
}

const nextWord = (ctx: AffairCtx): string => addDays(todayOf(ctx), ctx.settings.wordDays);

interface NewAffair {
  readonly affairId: Id;
  readonly caseId: Id;
  readonly helperId: Id;
}

/**
 * Somebody stays with the matter from now on. The same id opens nothing twice.
 *
 * @throws refusal `notFound`, `elsewhere`, `helper`, `open`
 */
export async function begin(ctx: AffairCtx, { affairId, caseId, helperId }: NewAffair): Promise<void> {
  const petition = await seen(ctx, caseId);
  if (!petition) throw refuse("notFound");
  const path = await pathOf(ctx, petition.holder.id);
  if (!path.includes(ctx.unit.id)) throw refuse("elsewhere");
  const [running] = await ctx.db
    .select()
    .from(affairs)
    .where(and(eq(affairs.caseId, caseId), eq(affairs.state, "open")));
  if (running?.id === affairId) return;
  if (running) throw refuse("open");
  await assertHelper(ctx, helperId);
  const made: Affair = {
    ...{ id: affairId, caseId, path, helperId, state: "open", openedAt: ctx.now, nextOn: nextWord(ctx) },
    ...{ round: 1, taskId: null },
  };
  const taskId = await giveHelper(ctx, made);
  const kept = await ctx.db
    .insert(affairs)
    .values({ ...made, taskId })
    .onConflictDoNothing()
    .returning({ id: affairs.id });
  if (kept.length === 0) throw refuse("open");
}

/** Somebody else stays with it. @throws refusal `notFound`, `state`, `helper` */
export async function handOver(ctx: AffairCtx, affairId: Id, helperId: Id): Promise<void> {
  const one = await openAffair(ctx, affairId);
  if (one.helperId === helperId) return;
  await assertHelper(ctx, helperId);
  const next = { ...one, helperId, round: one.round + 1 };
  const taskId = await giveHelper(ctx, next);
  await move(ctx.db, one, { helperId, round: next.round, taskId });
  await endTask(ctx, one.taskId);
}

/** The petition is for local offices now: whoever handles it is asked whether somebody stays with it [SPEC 6.5]. */
export async function suggest(ctx: JobCtx, event: CaseEvent<"case.guided">): Promise<void> {
  const open = and(eq(affairs.caseId, event.caseId), eq(affairs.state, "open"));
  if ((await ctx.db.$count(affairs, open)) > 0) return;
  await ctx.notify.tell({ caseId: event.caseId, to: "handler", news: "guided", key: `guided-${event.id}` });
}

/** How it stands: it goes on, the petitioner has reached the office, or wants no help any more. */
export const outcomes = ["goesOn", "confirmed", "notWanted"] as const;

interface Word {
  readonly said: string;
  readonly outcome: (typeof outcomes)[number];
}

/**
 * A word to the petitioner, who reads it among the messages of the petition; it goes on each week until contact is confirmed.
 *
 * @throws refusal `notFound`, `state`
 */
export async function tell(ctx: AffairCtx, affairId: Id, { said, outcome }: Word): Promise<void> {
  const one = await openAffair(ctx, affairId);
  const next = {
    ...{ taskId: null, round: one.round + 1, nextOn: nextWord(ctx) },
    ...(outcome !== "goesOn" && { state: outcome }),
  };
  await ctx.db.transaction(async (tx) => {
    await move(tx as unknown as AffairCtx["db"], one, next);
    await tx.insert(words).values({ id: ctx.newId(), affairId, said, saidBy: meOf(ctx), saidAt: ctx.now });
    // Last: what could not be written to the petitioner was not said.
    await ctx.thread.write(one.caseId, { text: said, to: "petitioner" });
  });
  await endTask(ctx, one.taskId);
  if (outcome === "goesOn") await giveTask(ctx, { ...one, ...next });
}
