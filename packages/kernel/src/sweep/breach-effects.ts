import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { deemAccepted } from "../supervision/deem-accepted.ts";
import { urgeAgain, urgeFor } from "../supervision/urge.ts";

const PAGE = 200;
/** A round ends after so many, so that the next signals do not wait behind a long outage; the next round goes on. */
const MOST = 2_000;
const DAY_MS = 86_400_000;

interface Breach {
  readonly id: string;
  readonly case_id: string;
  readonly code: string;
  readonly due_on: string;
  readonly due_at: Date;
}

/** Breaches whose effects are not done; the index holds those alone. */
export const EFFECTS_DUE = `select id, case_id, code, due_on, due_at from kernel.clocks
  where effect_due and (breached_at, id) > ($1::timestamptz, $2::uuid) order by breached_at, id limit ${PAGE}`;
/** Letters that were not answered in their time. */
export const AGAIN_DUE = `select id, case_id, step from kernel.supervision_items
  where next_at <= $1 and answered_at is null and closed_at is null order by next_at limit ${PAGE}`;

const system = { kind: "system" } as const;

async function attempt(k: Kernel, on: { readonly case_id: string }, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof DoorstepError && error.code !== "case.stale") return false;
    k.log.error("what a missed period calls for could not be done", {
      case: on.case_id,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return false;
  }
}

async function follow(k: Kernel, b: Breach): Promise<boolean> {
  // first, as the urging marks the breach as done
  if (b.code === "K2")
    await attempt(k, b, () =>
      execute(k, deemAccepted, { caseId: b.case_id, key: `deemed:${b.id}`, party: system }, { on: b.due_on }),
    );
  return attempt(k, b, () =>
    execute(k, urgeFor(b.code), { caseId: b.case_id, key: `breach:${b.id}`, party: system }, { clockId: b.id }),
  );
}

async function breaches(k: Kernel): Promise<number> {
  let done = 0;
  let caughtUp = 0;
  let after: readonly [Date | string, string] = ["-infinity", "00000000-0000-0000-0000-000000000000"];
  for (let seen = 0; seen < MOST; seen += PAGE) {
    const { rows } = await k.pool.query<Breach>({ name: "effects_due", text: EFFECTS_DUE, values: [...after] });
    for (const b of rows) {
      if (!(await follow(k, b))) continue;
      done += 1;
      if (k.now().getTime() - b.due_at.getTime() > DAY_MS) caughtUp += 1;
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = [last.due_at, last.id];
  }
  if (caughtUp > 0)
    k.log.warn("missed periods were noticed more than a day late and are caught up", { count: caughtUp });
  return done;
}

async function unanswered(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<{ id: string; case_id: string; step: number }>({
    name: "urge_again",
    text: AGAIN_DUE,
    values: [k.now()],
  });
  let done = 0;
  for (const item of rows) {
    const on = { caseId: item.case_id, key: `urge:${item.id}:${item.step + 1}`, party: system };
    if (await attempt(k, item, () => execute(k, urgeAgain, on, { itemId: item.id }))) done += 1;
  }
  return done;
}

/**
 * What follows from missed periods: items, letters, deemed acceptance, second urging. Each once: the act's key is that
 * of the clock, and it is written with the mark that it is done.
 *
 * @returns how many effects were done.
 */
export const breachEffects = async (k: Kernel): Promise<number> => (await breaches(k)) + (await unanswered(k));
