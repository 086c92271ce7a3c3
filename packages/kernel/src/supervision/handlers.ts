import { type ClockCode, clockNames, DoorstepError, type SupervisionItem } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute } from "../pipeline/execute.ts";
import { readCursor, writeCursor } from "../queue/list-cases.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { askedOf } from "../retaliation/explanations.ts";
import { answering, answerUrging, closeUrging, speaksFor, urgingRoles } from "./answer.ts";
import { itemOf } from "./urge.ts";

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

/** Units for which he speaks on one side: with all below them, and alone. */
function unitsOf(actor: Actor, side: "toMe" | "byMe") {
  const held = actor.grants.filter((g) => (side === "toMe" ? answering : urgingRoles).includes(g.role));
  return {
    subtree: held.filter((g) => g.subtree).map((g) => g.unitId),
    flat: held.filter((g) => !g.subtree).map((g) => g.unitId),
    organs: actor.reach.map((r) => r.key),
  };
}

const unit = (u: string) =>
  `(select jsonb_build_object('id', x.id, 'name', jsonb_build_object('zh-CN', x.name_zh, 'en', x.name_en), 'path', x.path) from kernel.units x where x.id = ${u})`;

const COUNT_CAP = 100;

/** Urgings of one's own unit that nobody has answered; asked of each case, as in the list. */
const COUNT = `select count(*)::int as n from (select 1 from kernel.supervision_items i join kernel.cases c on c.id = i.case_id
  where i.closed_at is null and i.answered_at is null and i.kind = 'urge'
    and (i.to_unit_id in (select u.id from kernel.units u where u.path && $6::uuid[] or u.id = any($7::uuid[]))
      or c.organ_id = any($8::uuid[]))
    and exists (${MAY_SEE.replaceAll("$1", "i.case_id")}) limit $1) x`;

/** The one predicate is asked of every row's case: who may not see it, or is recused, learns of no item either. */
const LIST = (side: "toMe" | "byMe", closed: boolean): string => `select i.*, c.case_no, c.organ_id,
    ${unit("i.by_unit_id")} as by_unit, ${unit("i.to_unit_id")} as to_unit
  from kernel.supervision_items i join kernel.cases c on c.id = i.case_id
  where i.closed_at is ${closed ? "not null" : "null"}
    and (${side === "toMe" ? "i.to_unit_id" : "i.by_unit_id"} in (select u.id from kernel.units u where u.path && $6::uuid[] or u.id = any($7::uuid[]))
      or ${side === "toMe" ? "c.organ_id" : "i.by_organ_id"} = any($8::uuid[]))
    and (i.opened_at, i.id) < ($9::timestamptz, $10::uuid)
    and exists (${MAY_SEE.replaceAll("$1", "i.case_id")})
  order by i.opened_at desc, i.id desc limit $1`;

function shown(k: Kernel, actor: Actor, r: Raw): SupervisionItem {
  const { reveal } = shelterOf(k.keys, { id: r.case_id, organId: r.organ_id });
  const named = (u: Raw | null) => u && { id: u.id, name: u.name };
  const path = (u: Raw | null): string[] => (u ? u.path.toReversed() : []);
  const open = r.closed_at === null;
  return {
    itemId: r.id,
    caseId: r.case_id,
    caseNo: r.case_no,
    kind: r.kind,
    code: r.code,
    period: clockNames[r.code as ClockCode],
    step: r.step,
    byUnit: named(r.by_unit) as SupervisionItem["byUnit"],
    toUnit: named(r.to_unit) as SupervisionItem["toUnit"],
    forLeader: r.for_leader,
    lateSince: r.late_since,
    openedAt: r.opened_at.toISOString(),
    dueOn: r.due_on,
    noticeId: r.notice_id,
    answer: r.answer && reveal(places.supervision(r.id, "answer"), r.answer),
    answeredAt: r.answered_at?.toISOString() ?? null,
    result: r.result && reveal(places.supervision(r.id, "result"), r.result),
    closedAt: r.closed_at?.toISOString() ?? null,
    mayAnswer: open && r.kind === "urge" && !r.answered_at && speaksFor(actor, answering, path(r.to_unit), r.organ_id),
    mayClose:
      open &&
      (r.kind === "alert" || r.answered_at !== null) &&
      r.answered_by !== actor.personId &&
      speaksFor(actor, urgingRoles, path(r.by_unit), r.by_organ_id),
  };
}

async function on<I extends object>(
  ctx: RequestContext,
  command: Command<I & { readonly itemId: string }, { readonly itemId: string }>,
  input: I & { readonly itemId: string; readonly key: string },
): Promise<{ readonly ok: true }> {
  const { key, ...typed } = input;
  const item = await itemOf(ctx.kernel, input.itemId);
  if (!item) throw new DoorstepError("supervision.notFound");
  const actor = signedIn(ctx);
  await assertMaySee(ctx.kernel, actor, item.case_id).catch(() => {
    throw new DoorstepError("supervision.notFound");
  });
  await execute(ctx.kernel, command, { caseId: item.case_id, key, party: { kind: "person", actor } }, typed as never);
  return { ok: true };
}

export const supervisionHandlers: Handlers["supervision"] = {
  async list(ctx, input) {
    const actor = signedIn(ctx);
    const cursor = readCursor(input.cursor) ?? ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
    const units = unitsOf(actor, input.side);
    const [, ...may] = maySeeValues(actor, "");
    const { rows } = await ctx.kernel.pool.query<Raw>(LIST(input.side, input.closed), [
      input.limit + 1,
      ...may,
      units.subtree,
      units.flat,
      units.organs,
      ...cursor,
    ]);
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map((r) => shown(ctx.kernel, actor, r)),
      nextCursor: rows.length > input.limit && last ? writeCursor([last.opened_at.toISOString(), last.id]) : null,
    };
  },
  async count(ctx) {
    const actor = signedIn(ctx);
    const units = unitsOf(actor, "toMe");
    const [, ...may] = maySeeValues(actor, "");
    const [{ rows }, asked] = await Promise.all([
      ctx.kernel.pool.query<{ n: number }>(COUNT, [COUNT_CAP, ...may, units.subtree, units.flat, units.organs]),
      askedOf(ctx.kernel, actor),
    ]);
    return { toAnswer: rows[0]?.n ?? 0, toExplain: asked.length };
  },
  answer: (ctx, input) => on(ctx, answerUrging, input),
  close: (ctx, input) => on(ctx, closeUrging, input),
};
