import { DoorstepError, retentionClasses, retentionRounds, retentionTerms } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { countDue } from "./due.ts";
import { findDue } from "./runs.ts";
import { RETENTION_STREAM } from "./stream.ts";

const SHOWN = 100;

async function stateOf(ctx: RequestContext) {
  const { pool, now } = ctx.kernel;
  const [rules, approvals, runs] = await Promise.all([
    pool.query(
      `select r.class, r.months, u.id, u.name_zh, u.name_en from kernel.retention_rules r
         left join kernel.units u on u.id = r.unit_id order by r.class, u.level nulls first, u.code`,
    ),
    pool.query(
      "select a.class, a.at, p.name from kernel.retention_approvals a join kernel.people p on p.id = a.by_person",
    ),
    pool.query(
      `select r.*, to_char(r.oldest, 'YYYY-MM-DD') as since, p.name from kernel.retention_runs r
         left join kernel.people p on p.id = r.decided_by order by r.found_at desc limit $1`,
      [SHOWN],
    ),
  ]);
  return {
    rules: [
      ...retentionClasses
        .filter((kind) => !rules.rows.some((rule) => rule.class === kind && rule.id === null))
        .map((kind) => ({ class: kind, unit: null, months: retentionTerms[kind].usual })),
      ...rules.rows.map((rule) => ({
        class: rule.class,
        months: rule.months,
        unit: rule.id && { id: rule.id, name: { "zh-CN": rule.name_zh, en: rule.name_en } },
      })),
    ],
    classes: await Promise.all(
      retentionRounds.map(async (kind) => {
        const approval = approvals.rows.find((one) => one.class === kind);
        return {
          class: kind,
          ...(await countDue(pool, kind, now())),
          approvedBy: approval?.name ?? null,
          approvedAt: approval?.at.toISOString() ?? null,
        };
      }),
    ),
    runs: runs.rows.map((run) => ({
      id: run.id,
      class: run.class,
      state: run.state,
      foundAt: run.found_at.toISOString(),
      oldest: run.since,
      due: run.due,
      held: run.held,
      months: run.months,
      decidedBy: run.name ?? null,
      decidedAt: run.decided_at?.toISOString() ?? null,
      reason: run.reason,
      finishedAt: run.finished_at?.toISOString() ?? null,
      destroyed: run.destroyed,
    })),
  };
}

const noted = (
  ctx: RequestContext,
  actor: Actor,
  type: "retention.ruleChanged" | "retention.decided",
  work: (change: Parameters<Parameters<typeof inChange>[2]>[0]) => Promise<Readonly<Record<string, unknown>>>,
) =>
  inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
    const facts = await work(change);
    await recordFact(change.client, { stream: RETENTION_STREAM, at: change.at, type, actor: change.by, facts });
  });

export const retentionHandlers: Handlers["retention"] = {
  state: stateOf,
  /** A unit may keep longer what may be kept longer, and cut sooner what may be cut sooner; never the other way. */
  async setRule(ctx, input) {
    const actor = signedIn(ctx);
    const { least, most } = retentionTerms[input.class];
    if (input.months < least || input.months > most) throw new DoorstepError("retention.bounds", { least, most });
    await noted(ctx, actor, "retention.ruleChanged", async ({ client, at }) => {
      if (input.unitId !== null) {
        const { rowCount } = await client.query("select 1 from kernel.units where id = $1", [input.unitId]);
        if (!rowCount) throw new DoorstepError("unit.notFound");
      }
      const { rows } = await client.query<{ was: number | null }>(
        `with old as (select months from kernel.retention_rules where class = $1 and unit_id is not distinct from $2::uuid)
         insert into kernel.retention_rules (class, unit_id, months, reason, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (class, unit_id) do update set months = excluded.months,
           reason = excluded.reason, changed_by = excluded.changed_by, changed_at = excluded.changed_at
         returning (select months from old) as was`,
        [input.class, input.unitId, input.months, input.reason, actor.personId, at],
      );
      await client.query("delete from kernel.retention_approvals where class = $1", [input.class]);
      await client.query(
        "update kernel.retention_runs set state = 'declined', decided_at = $2 where class = $1 and state in ('waiting', 'approved')",
        [input.class, at],
      );
      return { class: input.class, unit: input.unitId, months: input.months, wasMonths: rows[0]?.was ?? null };
    });
    return stateOf(ctx);
  },
  /** What is due is counted now instead of tonight; nothing is destroyed by it. */
  async look(ctx) {
    await findDue(ctx.kernel);
    return stateOf(ctx);
  },
  async decide(ctx, input) {
    const actor = signedIn(ctx);
    await noted(ctx, actor, "retention.decided", async ({ client, at }) => {
      const { rows } = await client.query<{ class: string; due: number }>(
        `update kernel.retention_runs set state = $2, decided_by = $3, decided_at = $4, reason = $5
          where id = $1 and state = 'waiting' returning class, due`,
        [input.runId, input.approve ? "approved" : "declined", actor.personId, at, input.reason],
      );
      const [run] = rows;
      if (!run) throw new DoorstepError("retention.notWaiting");
      const { rowCount } = await client.query(
        "select 1 from kernel.retention_rules where class = $1 and changed_by = $2",
        [run.class, actor.personId],
      );
      if (input.approve && rowCount) throw new DoorstepError("retention.samePerson");
      if (input.approve)
        await client.query(
          `insert into kernel.retention_approvals (class, by_person, at) values ($1, $2, $3)
           on conflict (class) do update set by_person = excluded.by_person, at = excluded.at`,
          [run.class, actor.personId, at],
        );
      return { run: input.runId, class: run.class, approved: input.approve, count: run.due };
    });
    return stateOf(ctx);
  },
};
