import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-04-20T02:00:00.000Z";

/** The local date, which goes on with the tests. */
let today = "2026-04-20";
const ahead = (days: number): string => addDays(today, days);
async function pass(days: number): Promise<void> {
  await host.advance({ days });
  today = ahead(days);
}

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let head: Rpc;
let caseId = "";

/** What a call was refused with: the reason of the module's own words, else the code. */
const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const told = async () =>
  (
    await host.kernelSql(
      `select p.name, n.params->>'en' as en from kernel.notifications n join kernel.people p on p.id = n.recipient
        where n.kind = 'module' order by p.name, n.at`,
    )
  ).map(({ name, en }) => `${name}: ${en}`);
const tasks = async () =>
  await host.kernelSql(
    `select p.name, t.due_on::text as day, t.state from kernel.tasks t join kernel.people p on p.id = t.person_id order by t.made_at, p.name`,
  );

/** What the kernel has released of the brigade's registrations in a month. */
async function released(month: string, claims: number | null): Promise<void> {
  const id = randomUUID();
  await host.kernelSql(
    `insert into kernel.figure_releases (id, dataset, month, number, released_at)
     select $1, 'indicators/registration', $2, 1 + count(*), now() from kernel.figure_releases
      where dataset = 'indicators/registration' and month = $2`,
    [id, month],
  );
  await host.kernelSql(
    "insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures) values ($1, $2, false, null, $3, $4)",
    [id, host.units.brigade.id, claims, JSON.stringify({ category: { claim: claims, suggestion: 0 } })],
  );
}

const opened = async (more: object = {}, rpc = officer): Promise<string> =>
  (
    await rpc.open.mutate({
      ...{ causeId: randomUUID(), title: "3号楼热水反复停供", kind: "facilities", subject: "claim" },
      ...{ origin: "seen", originId: null, ...more },
    } as never)
  ).causeId;
const plan = (causeId: string, more: object = {}) =>
  ({
    ...{ causeId, kind: "money", causeWords: "维修费没有列入年度计划", fixWords: "列入计划并更换锅炉" },
    ...{ ownerUnit: host.units.brigade.id, ownerId: null, dueOn: ahead(40), ...more },
  }) as never;
const decided = async (more: object = {}): Promise<string> => {
  const causeId = await opened();
  await officer.decide.mutate(plan(causeId, more));
  return causeId;
};
const BEFORE = ["2025-07", "2025-08", "2025-09"] as const;
const AFTER = ["2025-12", "2026-01", "2026-02"] as const;
/** Decided in October and done in November, so that the months after it can have been released. */
const done = async (): Promise<string> => {
  const causeId = await decided();
  await officer.reportDone.mutate({ causeId, doneOn: today, words: "锅炉已换" });
  await host.sql("update p_root_cause.rounds set decided_on = '2025-10-10', done_on = '2025-11-05'");
  return causeId;
};
const releasedAs = async (before: readonly (number | null)[], after: readonly (number | null)[]) => {
  for (const [n, month] of BEFORE.entries()) await released(month, before[n] ?? null);
  for (const [n, month] of AFTER.entries()) await released(month, after[n] ?? null);
};
const one = (causeId: string, rpc = officer) => rpc.one.query({ causeId });

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  head = host.as("officeHead");
  await Promise.all([
    officer.list.query({}),
    head.list.query({}),
    host.as("handler").list.query({}),
    host.as("officer", "first").toAnswer.query(),
    host.as("officer", "second").toAnswer.query(),
  ]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_root_cause.causes");
  for (const table of ["tasks", "notifications", "figure_rows", "figure_releases"])
    await host.kernelSql(`delete from kernel.${table}`);
});

test("it is opened once, and what was handed over leads to the same one", async () => {
  const causeId = await opened();
  expect(await opened({ causeId })).toBe(causeId);
  const warning = { origin: "warning", originId: randomUUID() };
  const handed = await opened(warning);
  expect(await opened(warning)).toBe(handed);
  expect(await officer.handed.query(warning as never)).toBe(handed);
  expect(await host.as("officer", "second").handed.query(warning as never)).toBeNull();
  expect(await officer.list.query({})).toHaveLength(2);
  expect(await one(causeId)).toMatchObject({
    ...{ title: "3号楼热水反复停供", state: "open", round: 1, origin: "seen", openedOn: today },
    ...{ mayDecide: true, mayFix: false, mayAsk: false, mayJudge: false, mayLink: true },
  });
  // an id of another unit is no way in
  expect(await refused(opened({ causeId }, host.as("officer", "second")))).toBe("notFound");
});

test("a petition is linked by whoever may see it, shown to whoever may, and linked with no accusation", async () => {
  const causeId = await opened({ origin: "case", originId: caseId, caseId });
  await officer.link.mutate({ causeId, caseId });
  expect((await one(causeId)).petitions).toMatchObject([{ caseId }]);
  expect(await officer.ofCase.query({ caseId })).toMatchObject({ causes: [{ causeId, mayOpen: true }], others: [] });
  const second = host.as("officer", "second");
  expect(await second.ofCase.query({ caseId })).toBeNull();
  expect(await refused(opened({ origin: "case", originId: caseId, caseId }, second))).toBe("petition");

  await host.kernelSql("update kernel.case_audience set key = $1 where case_id = $2 and key = $3", [
    ...[host.units.second.id, caseId, host.units.brigade.id],
  ]);
  expect((await one(causeId)).petitions).toEqual([]);
  expect(await refused(officer.unlink.mutate({ causeId, caseId }))).toBe("petition");
  await host.kernelSql("update kernel.case_audience set key = $3 where case_id = $2 and key = $1", [
    ...[host.units.second.id, caseId, host.units.brigade.id],
  ]);
  // seen there, as by a unit that assists, but handled elsewhere
  await host.kernelSql(
    `insert into kernel.case_audience select (jsonb_populate_record(a, jsonb_build_object('key', $1::uuid))).*
       from kernel.case_audience a where case_id = $2 limit 1 on conflict do nothing`,
    [host.units.second.id, caseId],
  );
  expect((await second.ofCase.query({ caseId }))?.causes).toMatchObject([{ causeId, mayOpen: false }]);
  const own = await opened({}, second);
  expect(await refused(second.link.mutate({ causeId: own, caseId }))).toBe("petition");
  await host.kernelSql("delete from kernel.case_audience where key = $1", [host.units.second.id]);
  await officer.unlink.mutate({ causeId, caseId });
  expect((await one(causeId)).petitions).toEqual([]);
  expect((await officer.ofCase.query({ caseId }))?.others).toMatchObject([{ causeId }]);

  await officer.link.mutate({ causeId, caseId });
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await pass(1);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);
  expect(await host.sql("select from p_root_cause.links")).toEqual([]);
  await officer.link.mutate({ causeId, caseId });
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_root_cause.links")).toEqual([]);
  expect(await host.sql("select from p_root_cause.causes where origin_id is not null")).toEqual([]);
});

test("a fix has an owner of the unit or right below it and a day, and becomes the owner's task", async () => {
  const causeId = await opened();
  const { people, units } = await officer.choices.query();
  expect(units.map((unit) => unit.name.en)).toEqual(["brigade unit", "first unit", "second unit"]);
  expect(await refused(officer.decide.mutate(plan(causeId, { dueOn: ahead(-1) })))).toBe("past");
  expect(await refused(officer.decide.mutate(plan(causeId, { ownerUnit: host.units.company.id })))).toBe("owner");
  expect(await refused(officer.decide.mutate(plan(causeId, { ownerId: randomUUID() })))).toBe("owner");
  const ownerId = people.find((person) => person.name === "handler brigade")?.id;
  await officer.decide.mutate(plan(causeId, { ownerId }));
  expect(await refused(officer.decide.mutate(plan(causeId)))).toBe("state");
  expect(await tasks()).toEqual([{ name: "handler brigade", day: ahead(40), state: "open" }]);
  expect(await one(causeId)).toMatchObject({
    ...{ state: "fixing", kind: "money", dueOn: ahead(40), isLate: false, mayFix: true },
    rounds: [{ no: 1, owner: "handler brigade", decidedOn: today, verdict: null }],
  });

  // the owner works on it though he may keep none
  const owner = host.as("handler");
  const step = { causeId, stepId: randomUUID(), what: "报预算", dueOn: ahead(9) };
  await owner.addStep.mutate(step);
  await owner.addStep.mutate(step);
  expect(await refused(owner.addStep.mutate({ ...step, stepId: randomUUID(), dueOn: ahead(-19) }))).toBe("past");
  const report = { causeId, doneOn: today, words: "锅炉已换" };
  expect(await refused(owner.reportDone.mutate(report))).toBe("steps");
  expect(await refused(owner.endStep.mutate({ causeId, stepId: step.stepId, doneOn: ahead(1) }))).toBe("future");
  await owner.endStep.mutate({ causeId, stepId: step.stepId, doneOn: today, words: "已批" });
  await owner.endStep.mutate({ causeId, stepId: step.stepId, doneOn: null });
  expect((await one(causeId)).rounds[0]?.steps).toMatchObject([{ what: "报预算", doneOn: today, doneWords: "已批" }]);
  expect(await refused(owner.reportDone.mutate({ ...report, doneOn: ahead(1) }))).toBe("future");
  expect(await refused(owner.reportDone.mutate({ ...report, doneOn: ahead(-1) }))).toBe("tooEarly");
  await owner.reportDone.mutate(report);
  expect(await refused(owner.reportDone.mutate(report))).toBe("state");
  expect(await tasks()).toMatchObject([{ state: "done" }]);
  expect(await one(causeId)).toMatchObject({ state: "checking", mayFix: false });
});

test("where a unit below owns the fix its head has the task, and is reminded once a week when it is late", async () => {
  const first = host.as("officer", "first");
  const causeId = await decided({ ownerUnit: host.units.first.id });
  expect(await tasks()).toEqual([]);
  await pass(1);
  expect(await tasks()).toEqual([{ name: "officer first", day: ahead(39), state: "open" }]);
  expect(await first.list.query({})).toMatchObject([{ causeId, isHere: false }]);
  expect(await one(causeId, first)).toMatchObject({ mayFix: true, mayDecide: false, mayAsk: false });
  expect(await refused(one(causeId, host.as("officer", "second")))).toBe("notFound");
  expect(await refused(first.drop.mutate({ causeId, words: "不成立" }))).toBe("notFound");

  await host.sql("update p_root_cause.rounds set due_on = '2026-04-01'");
  await pass(2);
  await pass(1);
  expect((await told()).filter((line) => line.includes("overdue"))).toEqual([
    "officer first: The fix of a root cause is overdue.",
  ]);
  await pass(7);
  expect((await told()).filter((line) => line.includes("overdue"))).toHaveLength(2);
});

test("a fall in the figures that were released closes it, with the figures, which a correction does not change", async () => {
  const causeId = await done();
  for (const month of [...BEFORE, "2025-12", "2026-01"]) await released(month, 20);
  await pass(1);
  expect(await one(causeId)).toMatchObject({ state: "checking" });
  await releasedAs([20, 22, 18], [8, 8, 8]);
  await pass(1);
  const figures = {
    before: { from: "2025-07", to: "2025-09", count: 60, unknown: 0 },
    after: { from: "2025-12", to: "2026-02", count: 24, unknown: 0 },
    ...{ season: null, expected: 60 },
  };
  const round = { verdict: "fell", figures, verifiedOn: today };
  expect(await one(causeId)).toMatchObject({ state: "closed", rounds: [{ ...round, corrected: false }] });
  expect(await told()).toEqual([
    "officeHead brigade: A root cause is verified: complaints of its kind fell.",
    "officer brigade: A root cause is verified: complaints of its kind fell.",
  ]);
  expect(await officer.list.query({ which: "over" })).toMatchObject([{ causeId, state: "closed" }]);

  await released("2026-01", 30);
  await pass(1);
  expect(await one(causeId)).toMatchObject({ state: "closed", rounds: [{ ...round, corrected: true }] });
});

test("without a fall the next round begins, and the first stays as it was", async () => {
  const causeId = await done();
  await releasedAs([20, 22, 18], [21, 20, 19]);
  await pass(1);
  await pass(1);
  expect(await one(causeId)).toMatchObject({
    ...{ state: "open", round: 2, mayDecide: true, rounds: [{ no: 1, verdict: "notFell" }] },
  });
  expect(await told()).toHaveLength(2);
  await officer.decide.mutate(plan(causeId, { causeWords: "管网老化", fixWords: "换管网" }));
  expect((await one(causeId)).rounds).toMatchObject([
    { no: 1, causeWords: "维修费没有列入年度计划", verdict: "notFell" },
    { no: 2, causeWords: "管网老化", verdict: null },
  ]);
});

test("where the figures say nothing somebody else judges it, and may say that it has not worked", async () => {
  const causeId = await done();
  await releasedAs([1, null, null], [0, 0, 0]);
  await pass(1);
  expect(await one(causeId)).toMatchObject({ state: "judging", rounds: [{ verdict: "unclear" }], mayJudge: false });
  const judged = { causeId, worked: false, words: "到现场看，仍不热" };
  for (const [kept, other] of [
    ["decided_by", "done_by"],
    ["done_by", "decided_by"],
  ] as const) {
    await host.sql(`update p_root_cause.rounds set ${other} = gen_random_uuid()`);
    expect([kept, await refused(officer.judge.mutate(judged))]).toEqual([kept, "own"]);
    await host.sql(`update p_root_cause.rounds set ${other} = ${kept}`);
  }
  expect(await one(causeId, head)).toMatchObject({ mayJudge: true });
  await head.judge.mutate(judged);
  expect(await refused(head.judge.mutate(judged))).toBe("state");
  expect(await one(causeId)).toMatchObject({ state: "open", round: 2, rounds: [{ judgedWords: judged.words }] });
  await host.sql("update p_root_cause.causes set state = 'judging', round = 1");
  await head.judge.mutate({ ...judged, worked: true, words: "已通" });
  expect(await one(causeId)).toMatchObject({ state: "closed" });
});

test("units beside and below are asked the same once, answer in words, and are reminded until they do", async () => {
  const causeId = await opened({}, host.as("officer", "first"));
  const first = host.as("officer", "first");
  const second = host.as("officer", "second");
  const { first: own, second: sibling, company, brigade } = host.units;
  const asked = { causeId, unitIds: [sibling.id, company.id], dueOn: ahead(14) };
  expect(await refused(first.ask.mutate(asked))).toBe("state");
  await first.decide.mutate(plan(causeId, { ownerUnit: own.id }));
  expect(await refused(first.ask.mutate({ ...asked, dueOn: ahead(-1) }))).toBe("past");
  for (const unit of [own, brigade])
    expect(await refused(first.ask.mutate({ ...asked, unitIds: [unit.id] }))).toBe("siblings");
  expect(await refused(officer.ask.mutate(asked))).toBe("elsewhere");
  await first.ask.mutate(asked);
  await first.ask.mutate(asked);
  expect((await one(causeId, first)).asks).toHaveLength(2);

  expect(await second.toAnswer.query()).toMatchObject([
    {
      title: "3号楼热水反复停供",
      causeWords: "维修费没有列入年度计划",
      unit: { en: "first unit" },
      found: null,
      isLate: false,
    },
  ]);
  await pass(1);
  expect((await tasks()).map((task) => task.name).toSorted()).toEqual([
    "officer first",
    "officer first",
    "officer second",
  ]);
  await pass(15);
  await pass(1);
  expect((await told()).filter((line) => line.startsWith("officer second"))).toEqual([
    "officer second: A check for the same cause is overdue. Please answer it.",
  ]);
  const askId = (await second.toAnswer.query())[0]?.askId ?? "";
  const given = { askId, found: true, words: "二营浴室也停供" };
  expect(await refused(first.answer.mutate(given))).toBe("notFound");
  await second.answer.mutate(given);
  await second.answer.mutate(given);
  expect(await refused(second.answer.mutate({ ...given, found: false }))).toBe("state");
  expect((await one(causeId, first)).asks.find((one) => one.askId === askId)).toMatchObject({
    found: true,
    words: given.words,
  });
  await pass(1);
  expect((await told()).filter((line) => line.startsWith("officer first: A unit has answered"))).toHaveLength(1);
  const again = await opened({ origin: "sibling", originId: askId }, second);
  expect(await opened({ origin: "sibling", originId: askId }, second)).toBe(again);
});

test("released figures count each petition once, by the cause it was linked with first", async () => {
  const money = await opened({ kind: "money" });
  const policy = await opened({ kind: "policyGap" });
  await host.kernelSql(
    `insert into kernel.cases select (jsonb_populate_record(c, jsonb_build_object(
         'id', gen_random_uuid(), 'case_no', 'N' || n, 'return_tag', '\\x' || lpad(n::text, 64, '0')))).*
       from kernel.cases c, generate_series(1, 15) n where c.id = $1`,
    [caseId],
  );
  const linkAll = (causeId: string, which: string, at: string) =>
    host.kernelSql(
      `insert into p_root_cause.links select $1, id, $2, $3::date, $1, $3::date from kernel.cases where case_no like 'N%' and ${which}`,
      [causeId, host.units.brigade.id, at],
    );
  const month = today.slice(0, 7);
  await linkAll(money, "length(case_no) = 2", `${month}-01`);
  await linkAll(policy, "true", `${month}-02`);
  await pass(45);
  const figures = await host.kernelSql(
    `select f.total, f.figures from kernel.figure_rows f join kernel.figure_releases r on r.id = f.release_id
      where r.dataset = 'root-cause/petitions' and r.month = $1 and f.unit_id = $2 and not f.own`,
    [month, host.units.brigade.id],
  );
  expect(figures).toMatchObject([{ total: 15, figures: { kind: { money: 9, policyGap: 6, service: 0 } } }]);
  await host.kernelSql("delete from kernel.cases where case_no like 'N%'");
});

test("released figures say of how many fixes that were verified in a month the petitions fell, as one counts them again", async () => {
  const month = today.slice(0, 7);
  const verdicts = ["fell", "notFell", "unclear", null] as const;
  const all = Array.from({ length: 66 }, (_, n) => {
    const verdict = verdicts[(n * n) % 4] ?? (n % 6 === 0 ? null : "unclear");
    return { kind: n % 3 === 0 ? "money" : "policyGap", verdict, at: n % 5 === 0 ? ahead(31) : today };
  });
  for (const { kind, verdict, at } of all)
    await host.sql(
      `with cause as (
         insert into p_root_cause.causes (id, unit_id, path, title, kind, subject, origin, state, opened_by, opened_at)
         values (gen_random_uuid(), $1, array[$1::uuid], '热水', $2, 'claim', 'seen', 'closed', $1, now()) returning id)
       insert into p_root_cause.rounds (cause_id, no, cause_words, fix_words, owner_unit, due_on, decided_by, decided_at,
                                        decided_on, verdict, figures, verified_at)
       select id, 1, '管网老化', '换管', $1, $4::date, $1, now(), $4::date, $3, case when $3::text is null then null else '{}'::jsonb end,
              case when $3::text is null then null else $4::date end from cause`,
      [host.units.brigade.id, kind, verdict, at],
    );
  await pass(45);
  const verified = all.filter((one) => one.verdict !== null && one.at.startsWith(month));
  const [fell, money] = [
    verified.filter((one) => one.verdict === "fell").length,
    verified.filter((one) => one.kind === "money").length,
  ];
  expect(Math.min(fell, money, verified.length - fell, verified.length - money)).toBeGreaterThanOrEqual(5);
  const figures = await host.kernelSql(
    `select f.total, f.figures from kernel.figure_rows f join kernel.figure_releases r on r.id = f.release_id
      where r.dataset = 'root-cause/fixes' and r.month = $1 and f.unit_id = $2 and not f.own`,
    [month, host.units.brigade.id],
  );
  expect(figures).toMatchObject([
    {
      total: verified.length,
      figures: {
        kind: { money, policyGap: verified.length - money },
        "+fell": { yes: fell, no: verified.length - fell },
      },
    },
  ]);
});

test("who has no part in it may not act, and a cause that does not hold is ended with words", async () => {
  const causeId = await opened();
  const supervisor = host.as("supervisor");
  expect(await supervisor.list.query({})).toMatchObject([{ causeId }]);
  for (const call of [
    (rpc: Rpc) => opened({}, rpc),
    (rpc: Rpc) => rpc.link.mutate({ causeId, caseId }),
    (rpc: Rpc) => rpc.unlink.mutate({ causeId, caseId }),
    (rpc: Rpc) => rpc.drop.mutate({ causeId, words: "不成立" }),
    (rpc: Rpc) => rpc.decide.mutate(plan(causeId)),
    (rpc: Rpc) => rpc.judge.mutate({ causeId, worked: true, words: "已通" }),
    (rpc: Rpc) => rpc.ask.mutate({ causeId, unitIds: [causeId], dueOn: today }),
    (rpc: Rpc) => rpc.choices.query(),
    (rpc: Rpc) => rpc.handed.query({ origin: "warning", originId: causeId }),
    (rpc: Rpc) => rpc.toAnswer.query(),
    (rpc: Rpc) => rpc.answer.mutate({ askId: causeId, found: true, words: "也有" }),
  ])
    expect(await refused(call(supervisor) as Promise<unknown>)).toBe("forbidden");
  for (const role of ["petitioner", "mediator", "unitAdmin"] as const)
    expect([role, await refused(host.as(role).one.query({ causeId }))]).toEqual([role, "forbidden"]);
  expect(await refused(host.as(null).list.query({}))).toBe("unauthorized");
  // who looks and does not own the fix does not work on it
  await officer.decide.mutate(plan(causeId));
  const step = { causeId, stepId: randomUUID(), what: "报预算", dueOn: today };
  expect(await refused(supervisor.addStep.mutate(step))).toBe("notFound");
  expect(await refused(supervisor.endStep.mutate({ causeId, stepId: step.stepId, doneOn: today }))).toBe("notFound");
  expect(await refused(supervisor.reportDone.mutate({ causeId, doneOn: today, words: "已换" }))).toBe("notFound");
  expect(await refused(officer.drop.mutate({ causeId, words: "不成立" }))).toBe("state");

  const other = await opened({ title: "偶发" });
  expect(await refused(opened({ title: "x".repeat(121) }))).toBe("input.invalid");
  await officer.drop.mutate({ causeId: other, words: "偶发，没有共同原因" });
  expect(await officer.list.query({ which: "over" })).toMatchObject([{ causeId: other, state: "dropped" }]);
  expect(await officer.today.query()).toMatchObject({ open: 1, late: 0, waiting: 0, first: [{ causeId }] });
});
