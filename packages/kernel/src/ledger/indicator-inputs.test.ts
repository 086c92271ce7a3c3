import type { Pool } from "pg";
import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { assignHandler, recordHeard } from "../cases/handling.ts";
import { agreeNewDate, askNewDate, fulfilPromise, reportDone } from "../cases/promises.ts";
import { deliverReply, draftReply, sealReply } from "../cases/reply.ts";
import { decideReview, requestReview } from "../cases/review.ts";
import { rateCase } from "../intake/rate.ts";
import { play, type Step } from "../invariants/play.ts";
import { numbersFrom, openHouse } from "../invariants/random-house.ts";
import { execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { judgeRepeat } from "../repeats/judge-repeat.ts";
import { acknowledgeReport, decideProtection } from "../retaliation/acts.ts";
import { reportRetaliation } from "../retaliation/report.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { countBacklog } from "../sweep/count-backlog.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, latestLetter, register, type Staff, staffOf } from "../testing/story.ts";
import { unitsHandlers } from "../units/handlers.ts";

/*
 * Of SPEC §13 the kernel's own: I1–I13, I19, I21, I23, I24. What I14–I18, I20 and I22 count (mediations, visits, sessions,
 * recommendations, talks) belongs to modules and stands in their own entries.
 */

interface Inputs {
  readonly received: string;
  /** registered as what, by which track */
  readonly kind: string;
  /** [I1] the unit that decided on acceptance in time or not, with the written notice */
  readonly accepted: readonly string[];
  /** [I1–I3] the day of each clock as it stood last, by its newest start */
  readonly due: Readonly<Record<string, string>>;
  /** [I2, I8, I9] */
  readonly replies: readonly string[];
  /** [I4, I5] by target and the unit that is rated */
  readonly ratings: readonly string[];
  /** [I6, I7] */
  readonly repeats: readonly string[];
  /** [I10] */
  readonly hops: number;
  /** [I3, I11] body, unit under review, outcome */
  readonly reviews: readonly string[];
  /** [I12] due, state, by whom confirmed */
  readonly commitments: readonly string[];
  /** [I13] */
  readonly backlog: boolean;
  /** [I19] leader and how it ended */
  readonly charges: readonly string[];
  /** [I21] and what any demand came to */
  readonly outcomes: readonly string[];
  /** [I23] whether it is a report, since when there are measures, what was found */
  readonly report: string;
}

interface Entry {
  readonly stream: string;
  readonly type: string;
  readonly at: Date;
  // biome-ignore lint/suspicious/noExplicitAny: facts as each kind of entry states them.
  readonly facts: any;
}

const sorted = (of: readonly string[]): readonly string[] => [...of].toSorted();

const ofType = (entries: readonly Entry[], ...types: readonly string[]) =>
  entries.filter((e) => types.includes(e.type));
const factsOf = (entries: readonly Entry[], ...types: readonly string[]) =>
  ofType(entries, ...types).map((e) => e.facts);

/** The newest day said of each clock; promises and assisting units bring days of their own. */
const dueOf = (entries: readonly Entry[]): Inputs["due"] =>
  Object.fromEntries(
    entries.flatMap((e) => Object.entries<string>(e.facts.due ?? {})).filter(([ref]) => ref !== "K25" && ref !== "K5"),
  );

const stateBy: Readonly<Record<string, string>> = {
  "commitment.reported": "reported",
  "commitment.missing": "open",
  "commitment.done": "done",
};

interface Promised {
  readonly due: string;
  readonly state: string;
  readonly by: string;
}

const isOver = ({ type }: Entry): boolean => type === "case.redo" || type === "case.withdrawn";

function promiseAfter(p: Promised, id: string, e: Entry): Promised {
  if (isOver(e)) return p.state === "done" ? p : { ...p, state: "released" };
  if (e.facts.commitment !== id) return p;
  if (e.type === "commitment.dateChanged") return { ...p, due: e.facts.dueOn };
  return { ...p, state: stateBy[e.type] ?? p.state, by: e.facts.confirmedBy ?? p.by };
}

function promisesOf(entries: readonly Entry[]): readonly string[] {
  const promises = new Map<string, Promised>();
  for (const e of entries) {
    for (const [id, p] of promises) promises.set(id, promiseAfter(p, id, e));
    for (const [id, due] of Object.entries<string>(e.facts.promised ?? {}))
      promises.set(id, { due, state: "open", by: "" });
  }
  return sorted([...promises.values()].map((p) => [p.due, p.state, p.by].join(" ")));
}

/** By the last rating; the unit that is rated is the one that answered. */
function ratingsOf(entries: readonly Entry[]): readonly string[] {
  const rated = factsOf(entries, "rating.given").at(-1);
  const unit = factsOf(entries, "case.replied").at(-1)?.unit;
  return rated ? [`office ${entries[0]?.facts.unit} ${rated.office}`, `unit ${unit} ${rated.ratedUnit}`] : [];
}

function reviewsOf(entries: readonly Entry[]): readonly string[] {
  const decided = factsOf(entries, "case.reviewDecided", "case.redo", "case.final");
  const asked = factsOf(entries, "case.reviewRequested", "case.rereviewRequested");
  return sorted(
    asked.map((f) => [f.body, f.ofUnit, decided.find((d) => d.review === f.review)?.outcome ?? null].join(" ")),
  );
}

/** Taken up again or quashed, nothing is decided any more: a new round begins. */
const sinceReopened = (entries: readonly Entry[]): readonly Entry[] =>
  entries.slice(entries.findLastIndex((e) => ["case.reopened", "case.redo"].includes(e.type)) + 1);

/** What was answered last, or what a body above has changed since. */
const outcomesOf = (all: readonly Entry[], entries = sinceReopened(all)): readonly string[] =>
  sorted(
    entries.findLast((e) => e.facts.outcomes && e.type !== "case.replyDrafted")?.facts.outcomes ??
      factsOf(entries, "case.replyDrafted").at(-1)?.outcomes ??
      [],
  );

function reportOf(entries: readonly Entry[]): string {
  const measures = ofType(entries, "retaliation.protected")[0]?.at.toISOString() ?? null;
  const found = factsOf(entries, "retaliation.concluded").at(-1)?.outcome ?? null;
  return [entries[0]?.facts.due.K24 !== undefined, measures, found].join(" ");
}

/** Nothing but rows of the ledger goes in. */
function fromLedger(entries: readonly Entry[]): Inputs {
  const first = entries[0]?.facts;
  const newest = (field: string) => entries.findLast((e) => e.facts[field])?.facts[field] ?? null;
  return {
    received: [first.unit, first.channel, first.receivedOn, first.headcount].join(" "),
    kind: [newest("category"), newest("track")].join(" "),
    accepted: ofType(entries, "case.accepted").flatMap((e) =>
      e.facts.letters
        .filter((l: { code: string }) => l.code === "D8")
        .map(() => `${e.facts.unit} ${e.at.toISOString()}`),
    ),
    due: dueOf(entries),
    replies: sorted(factsOf(entries, "case.replied").map((f) => `${f.code} ${f.receivedOn}`)),
    ratings: ratingsOf(entries),
    repeats: sorted(factsOf(entries, "case.repeatJudged").map((f) => `${f.of} ${f.kind}`)),
    hops: Math.max(0, ...factsOf(entries, "case.routed").map((f) => f.hop ?? 0)),
    reviews: reviewsOf(entries),
    commitments: promisesOf(entries),
    backlog: ofType(entries, "backlog.entered", "backlog.left").at(-1)?.type === "backlog.entered",
    charges: sorted(factsOf(entries, "charge.taken").map((f) => f.leader)),
    outcomes: outcomesOf(entries),
    report: reportOf(entries),
  };
}

/** The same, asked of the tables by somebody who does not know the ledger. */
const FROM_TABLES = `select c.id, jsonb_build_object(
  'received', concat_ws(' ', c.intake_unit_id, c.channel, (c.received_at at time zone 'Asia/Shanghai')::date, c.headcount),
  'kind', concat(c.category, ' ', c.track),
  'accepted', (select coalesce(jsonb_agg(n.issuer_unit_id || ' ' || to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') order by n.created_at), '[]')
     from kernel.notices n where n.case_id = c.id and n.code = 'D8'),
  'due', (select coalesce(jsonb_object_agg(k.ref, k.due_on), '{}') from (select distinct on (ref) * from
     (select coalesce(explain->>'rule', code) as ref, due_on, started_at, id from kernel.clocks where case_id = c.id and code not in ('K25', 'K5')) x order by ref, started_at desc, id desc) k),
  'replies', (select coalesce(jsonb_agg(n.code || ' ' || n.delivered_on order by n.code || ' ' || n.delivered_on), '[]') from kernel.notices n
     where n.case_id = c.id and n.code in ('D14', 'D16') and n.state = 'delivered'),
  'ratings', (select coalesce(jsonb_agg(r.target || ' ' || r.unit_id || ' ' || r.result order by r.target), '[]') from kernel.ratings r where r.case_id = c.id),
  'repeats', (select coalesce(jsonb_agg(r.of_case_id || ' ' || r.kind order by r.of_case_id || ' ' || r.kind), '[]') from kernel.repeats r where r.case_id = c.id),
  'hops', c.hops,
  'reviews', (select coalesce(jsonb_agg(concat(v.body_unit_id, ' ', v.of_unit_id, ' ', v.outcome) order by concat(v.body_unit_id, ' ', v.of_unit_id, ' ', v.outcome)), '[]') from kernel.reviews v where v.case_id = c.id),
  'commitments', (select coalesce(jsonb_agg(concat(p.due_on, ' ', p.state, ' ', p.confirmed_by) order by concat(p.due_on, ' ', p.state, ' ', p.confirmed_by)), '[]') from kernel.commitments p where p.case_id = c.id),
  'backlog', 'backlog' = any (c.flags),
  'charges', (select coalesce(jsonb_agg(h.leader_id), '[]') from kernel.charges h where h.case_id = c.id),
  'report', (select concat(exists (select from kernel.retaliations t where t.case_id = c.id)::text, ' ', to_char(t.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ' ', t.outcome)
     from (select 1) one left join kernel.retaliations t on t.case_id = c.id)
) as inputs,
  (select coalesce(jsonb_agg(d.outcome order by d.outcome) filter (where d.outcome is not null), '[]') from kernel.demands d where d.case_id = c.id) as outcomes
  from kernel.cases c order by c.id`;

async function derived(pool: Pool): Promise<ReadonlyMap<string, Inputs>> {
  const { rows } = await pool.query<Entry>(
    "select stream, type, at, body::jsonb->'facts' as facts from kernel.ledger order by stream, seq",
  );
  const byStream = Map.groupBy(rows, (e) => e.stream);
  return new Map(
    [...byStream].filter(([, [e]]) => e?.type === "case.received").map(([id, entries]) => [id, fromLedger(entries)]),
  );
}

/** What the ledger says equals what the tables say, of every case there is. */
async function expectSame(pool: Pool): Promise<ReadonlyMap<string, Inputs>> {
  const ledger = await derived(pool);
  const { rows } = await pool.query<{ id: string; inputs: Omit<Inputs, "outcomes">; outcomes: readonly string[] }>(
    FROM_TABLES,
  );
  expect(ledger.size).toBeGreaterThan(0);
  for (const row of rows) {
    const own = ledger.get(row.id);
    if (!own) continue;
    const { outcomes, ...inputs } = own;
    expect([row.id, inputs]).toEqual([row.id, row.inputs]);
    // what is drafted or decided anew counts from its delivery on
    if (inputs.replies.length > 0) expect([row.id, outcomes]).toEqual([row.id, row.outcomes]);
  }
  return ledger;
}

async function answered(
  t: TestKernel,
  s: Staff,
  caseId: string,
  outcome: "supported" | "adopted",
  dueOn: readonly string[],
): Promise<void> {
  await execute(t.kernel, acceptCase, byPerson(t, caseId, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, caseId, s.officer), naming);
  const heard = { heardOn: t.clock.now.toISOString().slice(0, 10), how: "电话" };
  await execute(t.kernel, recordHeard, byPerson(t, caseId, s.handler), heard);
  const c = (await loadCase(t.kernel.pool, caseId, "", ""))?.case;
  await execute(t.kernel, draftReply, byPerson(t, caseId, s.handler), {
    kind: outcome === "adopted" ? "explain" : "solve",
    summary: "答复",
    demands: (c?.demands ?? []).map((d, n) => ({
      ...{ demandId: d.id, outcome, facts: "经查", opinion: "予以补发", basis: "第三条", steps: "月底前" },
      ...(dueOn[n] && { promise: { owner: "财务股", dueOn: dueOn[n] } }),
    })),
  } as never);
  const code = outcome === "adopted" ? "D16" : "D14";
  await execute(t.kernel, sealReply, byPerson(t, caseId, s.signer), { noticeId: await latestLetter(t, caseId, code) });
  const sent = {
    noticeId: await latestLetter(t, caseId, code),
    method: "portal",
    receivedOn: null,
    proof: "",
  } as const;
  await execute(t.kernel, deliverReply, byPerson(t, caseId, s.officer), sent);
}

async function round(t: TestKernel): Promise<void> {
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  await countBacklog(t.kernel);
}

test("every input of the indicators follows from the ledger alone: a story with each of them", async () => {
  await using t = await openTestKernel({ now: "2026-01-05T02:00:00Z" });
  const s = await staffOf(t);
  const [claim, idea, silent] = [await file(t), await file(t, { purpose: "suggest" }), await file(t)];
  const demands = ["补发津贴", "说明理由"].map((text) => ({ text, desiredOutcome: "" }));
  await register(t, s, claim, { demands });
  await register(t, s, idea, { category: "suggestion", track: "suggestion", subRoute: null });
  await answered(t, s, claim, "supported", ["2026-02-10", "2026-03-10"]);
  await answered(t, s, idea, "adopted", []);
  await execute(t.kernel, rateCase, byPetitioner(t, claim), { office: "satisfied", unit: "not", comment: "" });
  await execute(t.kernel, rateCase, byPetitioner(t, claim), { office: "basically", unit: "satisfied", comment: "" });
  const promises = (await loadCase(t.kernel.pool, claim, "", ""))?.case.commitments ?? [];
  const [first, second] = promises.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
  const one = { commitmentId: first?.id ?? "" };
  await execute(t.kernel, reportDone, byPerson(t, claim, s.officer), { ...one, evidence: "转账凭证" });
  await execute(t.kernel, fulfilPromise, byPetitioner(t, claim), one);
  const other = { commitmentId: second?.id ?? "" };
  await execute(t.kernel, askNewDate, byPerson(t, claim, s.officer), {
    ...other,
    dueOn: "2026-03-20",
    reason: "等批复",
  });
  await execute(t.kernel, agreeNewDate, byPetitioner(t, claim), other);
  await execute(t.kernel, requestReview, byPetitioner(t, claim), { grounds: "facts", text: "算错", fileIds: [] });
  const loaded = await loadCase(t.kernel.pool, claim, "", "");
  await execute(t.kernel, decideReview, byPerson(t, claim, s.reviewer), {
    ...{ outcome: "changed", facts: "清楚", opinion: "变更", basis: "第三十五条" },
    demands: (loaded?.case.demands ?? []).map((d) => ({ demandId: d.id, outcome: "explained" as const })),
  });
  const again = await file(t);
  await register(t, s, again);
  await execute(t.kernel, judgeRepeat, byPerson(t, again, s.officer), { ofCaseId: claim, kind: "again" });
  const organ = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  if (!loaded) throw new Error("the case is gone");
  const typed = { key: t.key(), acts: ["blocked"], text: "被威胁", fileIds: [] } as const;
  const report = await reportRetaliation(t.kernel, loaded.case, typed, { reporter: "petitioner", personId: null });
  await execute(t.kernel, acknowledgeReport, byPerson(t, report, organ), {});
  const measures = { measures: ["contactPerson"], text: "专人联系", from: "2026-01-05", till: null, contact: "旅纪检" };
  await execute(t.kernel, decideProtection, byPerson(t, report, organ), measures as never);
  t.clock.now = new Date("2026-02-20T02:00:00Z");
  await round(t);
  t.clock.now = new Date("2026-07-20T02:00:00Z");
  await round(t);

  const inputs = await expectSame(t.database.pool);
  expect(inputs.get(claim)).toMatchObject({
    outcomes: ["explained", "explained"],
    commitments: ["2026-02-10 done petitioner", "2026-03-20 open "],
    reviews: [`${t.units.brigade} ${t.units.first} changed`],
    ratings: [`office ${t.units.first} basically`, `unit ${t.units.first} satisfied`],
  });
  expect(inputs.get(idea)).toMatchObject({ kind: "suggestion suggestion", outcomes: ["adopted"] });
  expect(inputs.get(silent)).toMatchObject({ backlog: true, replies: [] });
  expect(inputs.get(again)?.repeats).toEqual([`${claim} again`]);
  expect(inputs.get(report)?.report).toMatch(/^true 2026-01-05T/);
  expect(Object.keys(inputs.get(report)?.due ?? {})).toEqual(
    expect.arrayContaining(["K24", "K24.protection", "K24.findings"]),
  );
  // acted on by nobody: the day it was owed, and who owed it, are the ledger's to say
  expect(inputs.get(silent)?.due).toMatchObject({ K2: "2026-01-20", K4: expect.any(String) });
});

test("and over what random people do at random", async () => {
  await using t = await openTestKernel({ now: "2026-01-05T02:00:00Z" });
  const below = numbersFrom(7);
  const house = await openHouse(t, 3);
  const start = t.clock.now;
  const step = (): Step => ({
    ...{ who: below(1_000), what: below(1_000), how: below(1_000), which: below(2) },
    ...{ mood: below(20), hours: below(60) },
  });
  for (let n = 0; n < 8; n++) {
    t.clock.now = start;
    expect(await play(house, [n % 3], Array.from({ length: 18 }, step), new Map())).toEqual([]);
  }
  await expectSame(t.database.pool);
});

test("how many people a unit has stood in the ledger each time it was said", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);
  const name = { "zh-CN": "二连", en: "Company 2" };
  const made = await units.create({ parentId: t.units.first, code: "2LIAN", name, strength: 120 });
  await units.update({ unitId: made.id, version: made.version, strength: 96 });
  const { rows } = await t.database.pool.query(
    "select body::jsonb->'facts'->'strength' as strength from kernel.ledger where stream = $1 order by seq",
    [made.id],
  );
  expect(rows).toEqual([{ strength: 120 }, { strength: 96 }]);
  const now = await t.database.pool.query("select strength from kernel.units where id = $1", [made.id]);
  expect(now.rows).toEqual([{ strength: 96 }]);
});
