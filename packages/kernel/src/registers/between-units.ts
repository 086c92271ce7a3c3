import { MOST_ROWS, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { notRecused, Parameters, REACHED, reachRows } from "../audience/visible.ts";
import type { Kernel } from "../kernel.ts";
import { reviewOutcomeWords } from "../letters/words.ts";
import type { Days, KernelRegister, RegisterPlace } from "./register.ts";
import { legWords, levelWords, stateWords, w } from "./words.ts";

interface Named {
  readonly zh: string;
  readonly en: string;
}

const nameOf = ({ zh, en }: Named): Text => w(zh, en);
const unitName = (alias: string): string => `jsonb_build_object('zh', ${alias}.name_zh, 'en', ${alias}.name_en)`;
/** Words of a list, or the code itself where there are none. */
const wordsOf = (words: Readonly<Record<string, Text>>, code: string | null): Text | null =>
  code === null ? null : (words[code] ?? w(code, code));

/** What the parts of a statement are about: petitions `c` that the actor sees by the one predicate, of the days and units asked. */
interface Statement {
  /** of `zone`, the unit's time zone as a parameter */
  readonly select: (zone: string) => string;
  /** the table, as `x`; each row belongs to one petition */
  readonly table: string;
  readonly joins: string;
  readonly at: string;
  /** the units, by their alias, of which one must lie at or below the place */
  readonly units: readonly [string, string];
}

async function linesOf<R extends object>(
  k: Kernel,
  actor: Actor,
  { unit, days, statement }: { readonly unit: RegisterPlace; readonly days: Days; readonly statement: Statement },
): Promise<readonly R[]> {
  const { select, table, joins, at, units } = statement;
  const p = new Parameters();
  const reach = reachRows(p, actor);
  const [me, place, zone] = [p.add(actor.personId), p.add(unit.id), p.add(unit.timeZone)];
  const day = `(${at} at time zone ${zone})::date`;
  const text = `select c.case_no as "caseNo", c.status as state, ${day}::text as day, ${select(zone)}
     from ${table} x join kernel.cases c on c.id = x.case_id ${joins}
    where c.confidentiality < 3
      and exists (select 1 from ${reach.rows} join kernel.case_audience a on ${REACHED} where a.case_id = x.case_id)
      and ${notRecused("x", me)}
      and ${day} between ${p.add(days.from)}::date and ${p.add(days.to)}::date
      and (${units.map((alias) => `${alias}.path @> array[${place}::uuid]`).join(" or ")})
    order by ${at} desc, x.id limit ${p.add(MOST_ROWS + 1)}`;
  const { rows } = await readAs(k, actor, (client) => client.query<R>(text, p.values));
  return rows;
}

interface Leg {
  readonly caseNo: string;
  readonly state: keyof typeof stateWords;
  readonly day: string;
  readonly kind: string;
  readonly sender: Named;
  readonly receiver: Named;
  readonly due: string | null;
  readonly objected: string | null;
  readonly agreed: boolean | null;
}

/** What was handed on, assigned, sent back and designated between units, with each objection [R22:22, 23, 24]. */
export const handedOn: KernelRegister = {
  title: w("转送交办登记簿", "Register of what was handed on and assigned"),
  columns: [
    { key: "caseNo", title: w("编号", "Number") },
    { key: "sentOn", title: w("发出日期", "Sent on") },
    { key: "kind", title: w("方式", "How") },
    { key: "sender", title: w("发出单位", "From") },
    { key: "receiver", title: w("接收单位", "To") },
    { key: "dueOn", title: w("反馈期限", "Report due on") },
    { key: "objectedOn", title: w("提出异议日期", "Objected on") },
    { key: "agreed", title: w("异议成立", "Objection agreed to") },
    { key: "state", title: w("状态", "State") },
  ],
  kept: () => true,
  async *lines(k, actor, unit, days) {
    const legs = await linesOf<Leg>(k, actor, {
      ...{ unit, days },
      statement: {
        select: (zone) => `x.kind, ${unitName("f")} as sender, ${unitName("t")} as receiver, x.due_on::text as due,
          (x.objected_at at time zone ${zone})::date::text as objected, x.agreed`,
        table: "kernel.legs",
        joins: "join kernel.units f on f.id = x.from_unit_id join kernel.units t on t.id = x.to_unit_id",
        at: "x.sent_at",
        units: ["f", "t"],
      },
    });
    for (const leg of legs)
      yield {
        ...{ caseNo: leg.caseNo, sentOn: leg.day, kind: wordsOf(legWords, leg.kind) },
        ...{ sender: nameOf(leg.sender), receiver: nameOf(leg.receiver), dueOn: leg.due },
        ...{ objectedOn: leg.objected, agreed: leg.agreed, state: stateWords[leg.state] },
      };
  },
};

interface Review {
  readonly caseNo: string;
  readonly state: keyof typeof stateWords;
  readonly day: string;
  readonly level: string;
  readonly body: Named;
  readonly reviewed: Named;
  readonly outcome: keyof typeof reviewOutcomeWords | null;
  readonly decided: string | null;
  readonly redo: string | null;
}

/** Reviews and re-reviews [R22:35, 36]; what was written in them stays in the file. */
export const reviews: KernelRegister = {
  title: w("复查复核登记簿", "Register of reviews"),
  columns: [
    { key: "caseNo", title: w("编号", "Number") },
    { key: "askedOn", title: w("申请日期", "Asked on") },
    { key: "level", title: w("级别", "Which") },
    { key: "reviewed", title: w("原办理单位", "Of the unit") },
    { key: "body", title: w("复查复核单位", "By the unit") },
    { key: "decidedOn", title: w("作出日期", "Decided on") },
    { key: "outcome", title: w("结论", "Outcome") },
    { key: "redoBy", title: w("重新办理期限", "To be done again by") },
    { key: "state", title: w("状态", "State") },
  ],
  kept: () => true,
  async *lines(k, actor, unit, days) {
    const found = await linesOf<Review>(k, actor, {
      ...{ unit, days },
      statement: {
        select: (zone) => `x.level, ${unitName("b")} as body, ${unitName("o")} as reviewed, x.outcome,
          (x.decided_at at time zone ${zone})::date::text as decided, x.redo_due_on::text as redo`,
        table: "kernel.reviews",
        joins: "join kernel.units b on b.id = x.body_unit_id join kernel.units o on o.id = x.of_unit_id",
        at: "x.requested_at",
        units: ["b", "o"],
      },
    });
    for (const review of found)
      yield {
        ...{ caseNo: review.caseNo, askedOn: review.day, level: wordsOf(levelWords, review.level) },
        ...{ reviewed: nameOf(review.reviewed), body: nameOf(review.body), decidedOn: review.decided },
        ...{ outcome: review.outcome && reviewOutcomeWords[review.outcome], redoBy: review.redo },
        state: stateWords[review.state],
      };
  },
};
