import type { ReportTable, Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { notRecused, Parameters, REACHED, reachRows } from "../audience/visible.ts";
import { addDays, daysBetween } from "../calendars/local-days.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { Days, KernelRegister, RegisterPlace } from "./register.ts";
import { w } from "./words.ts";

/** What is counted, in the order of the brief; the last three as they stand today. */
const whats = {
  received: w("收到", "Received"),
  handedOn: w("转送、交办", "Handed on or assigned"),
  replied: w("答复送达", "Replies delivered"),
  reviewAsked: w("申请复查复核", "Reviews asked for"),
  open: w("现在未办结", "Open today"),
  dueSoon: w("七天内到期", "Due within seven days"),
  overdue: w("现在超期", "Overdue today"),
} as const satisfies Record<string, Text>;
type What = keyof typeof whats;
const today = new Set<What>(["open", "dueSoon", "overdue"]);

interface Counted {
  readonly what: What;
  /** one of the units right below the place; `null` for the place alone */
  readonly child: string | null;
  readonly now: boolean;
  readonly count: number;
}

const SOON = 7;

/** Petitions that the actor sees, by what happened to them in the days and as many before, and by how they stand. */
async function countWeek(k: Kernel, actor: Actor, unit: RegisterPlace, days: Days): Promise<readonly Counted[]> {
  const before = addDays(days.from, -(daysBetween(days.from, days.to) + 1));
  const day = localDateOf(k.now().toISOString(), unit.timeZone);
  const p = new Parameters();
  const reach = reachRows(p, actor);
  const me = p.add(actor.personId);
  const [place, zone] = [p.add(unit.id), p.add(unit.timeZone)];
  const [from, to, first] = [p.add(days.from), p.add(days.to), p.add(before)];
  const begins = `(${first}::date::timestamp at time zone ${zone})`;
  const seen = (caseId: string) =>
    `exists (select 1 from ${reach.rows} join kernel.case_audience a on ${REACHED} where a.case_id = ${caseId})`;
  const within = (at: string) => `${at} >= ${begins}`;
  const standing = (what: What, where: string) =>
    `select a.case_id, '${what}' as what, ${to}::date as day from ${reach.rows} join kernel.case_audience a on ${REACHED}
      where a.open and ${where}`;
  const text = `with happened as (
      select a.case_id, 'received' as what, (a.received at time zone ${zone})::date as day
        from ${reach.rows} join kernel.case_audience a on ${REACHED} where ${within("a.received")}
      union all select l.case_id, 'handedOn', (l.sent_at at time zone ${zone})::date from kernel.legs l
        where l.kind in ('transfer', 'assign') and ${within("l.sent_at")} and ${seen("l.case_id")}
      union all select n.case_id, 'replied', n.delivered_on from kernel.notices n
        where n.code in ('D14', 'D16') and n.delivered_on >= ${first}::date and ${seen("n.case_id")}
      union all select r.case_id, 'reviewAsked', (r.requested_at at time zone ${zone})::date from kernel.reviews r
        where ${within("r.requested_at")} and ${seen("r.case_id")}
      union all ${standing("open", "true")}
      union all ${standing("dueSoon", `a.due between ${p.add(day)}::date and ${p.add(addDays(day, SOON))}::date`)}
      union all ${standing("overdue", `a.due < ${p.add(day)}::date`)})
    select x.what, b.id as child, x.day >= ${from}::date as now, count(distinct x.case_id)::int as count
      from happened x join kernel.cases c on c.id = x.case_id join kernel.units h on h.id = c.holder_unit_id
      left join kernel.units b on b.parent_id = ${place} and h.path @> array[b.id]
     where c.confidentiality < 3 and h.path @> array[${place}::uuid] and x.day <= ${to}::date and ${notRecused("x", me)}
     group by 1, 2, 3`;
  const { rows } = await readAs(k, actor, (client) => client.query<Counted>(text, p.values));
  return rows;
}

/**
 * The week as whoever asks sees it: exact, since each petition in it is one that he may open. Days beside as many before; the
 * unit with everything below it, then the unit alone and those right below, in the order of their codes, never by number.
 */
export const weekly: KernelRegister = {
  title: w("每周简报", "Weekly brief"),
  register: false,
  groupBy: "unit",
  columns: [
    { key: "unit", title: w("单位", "Unit") },
    { key: "what", title: w("内容", "What") },
    { key: "now", title: w("这几天", "These days") },
    { key: "before", title: w("之前同样天数", "As many days before") },
  ],
  usualDays: (day) => ({ from: addDays(day, 1 - SOON), to: day }),
  kept: () => true,
  async *lines(k, actor, unit, days): AsyncIterable<ReportTable["rows"][number]> {
    const counted = await countWeek(k, actor, unit, days);
    const { rows: units } = await k.pool.query<{ id: string; own: boolean; zh: string; en: string }>(
      `select id, id = $1 as own, name_zh as zh, name_en as en from kernel.units
        where id = $1 or parent_id = $1 and valid_until is null order by id <> $1, code`,
      [unit.id],
    );
    const parts = units.flatMap(({ id, own, zh, en }) =>
      own && units.length > 1
        ? [
            { name: w(zh, en), of: () => true },
            { name: w(`${zh}（本级）`, `${en} (alone)`), of: (one: Counted) => one.child === null },
          ]
        : [{ name: w(zh, en), of: (one: Counted) => own || one.child === id }],
    );
    for (const { name, of } of parts)
      for (const [what, words] of Object.entries(whats) as [What, Text][]) {
        const sum = (now: boolean): number =>
          counted
            .filter((one) => one.what === what && one.now === now && of(one))
            .reduce((all, one) => all + one.count, 0);
        yield { unit: name, what: words, now: sum(true), before: today.has(what) ? null : sum(false) };
      }
  },
};
