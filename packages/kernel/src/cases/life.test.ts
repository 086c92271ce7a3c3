import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { rateCase } from "../intake/rate.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  file,
  inHandling,
  latestLetter,
  register,
  reply,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { finaliseCase } from "./conclude.ts";
import { reassignHandler } from "./handling.ts";
import { readCase } from "./read-case.ts";
import { draftReply, sealReply } from "./reply.ts";
import { decideReview, quashReview, requestReview } from "./review.ts";
import { transferCase } from "./route.ts";

async function staff(t: TestKernel): Promise<Staff & { readonly other: Actor }> {
  return { ...(await staffOf(t)), other: await t.person("另一承办", "first", [{ role: "handler", unit: "first" }]) };
}

async function demandIds(t: TestKernel, caseId: string): Promise<readonly string[]> {
  const { rows } = await t.database.pool.query("select id from kernel.demands where case_id = $1 order by no", [
    caseId,
  ]);
  return rows.map((r) => r.id);
}
const stateOf = async (t: TestKernel, caseId: string) =>
  (
    await t.database.pool.query("select status, level, holder_unit_id, handler_id from kernel.cases where id = $1", [
      caseId,
    ])
  ).rows[0];
const clocks = async (t: TestKernel, caseId: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await t.database.pool.query(
        "select code, state, due_on from kernel.clocks where case_id = $1 order by started_at, id",
        [caseId],
      )
    ).rows.map((r) => [r.code, `${r.state} ${r.due_on}`]),
  );

async function answer(
  t: TestKernel,
  s: Staff,
  caseId: string,
  handler = s.handler,
  facts = "经查确有少发",
): Promise<void> {
  t.clock.advance({ minutes: 1 });
  await reply(t, { ...s, handler }, caseId, "予以补发", facts);
}

test("a claim runs from filing to its end, with each clock where the law puts it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staff(t);
  const caseId = await inHandling(t, s);
  await answer(t, s, caseId);

  expect(await stateOf(t, caseId)).toMatchObject({ status: "replied", level: "handle" });
  expect(await clocks(t, caseId)).toEqual({
    K2: "stopped 2026-03-17",
    K4: "stopped 2026-05-06",
    K12: "running 2026-04-03",
    K21: "running 2026-04-03",
  });

  await execute(t.kernel, rateCase, byPetitioner(t, caseId), { office: "satisfied", unit: "basically", comment: "" });
  expect(await rows(t, "select payload->>'rated' as rated from kernel.outbox where type = 'rating.given'")).toEqual([
    { rated: "basically" },
  ]);
  await expect(execute(t.kernel, finaliseCase, byPerson(t, caseId, s.officer), {})).rejects.toMatchObject({
    code: "act.refused",
    reasons: [{ code: "clock.lapsed" }],
  });
  t.clock.advance({ days: 33 });
  // the petitioner let his time for a review go by: that is his own affair, and nobody's delay
  const { clocks: shown } = await readCase(t.kernel, s.officer, caseId);
  expect(shown.find((clock) => clock.code === "K12")).toMatchObject({ state: "breached", ofPetitioner: true });
  expect(shown.find((clock) => clock.code === "K4")).toMatchObject({ state: "stopped", ofPetitioner: false });
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(own.clocks.map((clock) => clock.code)).not.toContain("K12");
  await execute(t.kernel, finaliseCase, byPerson(t, caseId, s.officer), {});
  expect(await stateOf(t, caseId)).toMatchObject({ status: "final" });
});

test("a review goes one level up, to somebody new, and a quashed decision to another handler", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staff(t);
  const caseId = await inHandling(t, s);
  await answer(t, s, caseId);

  const asked = await execute(t.kernel, requestReview, byPetitioner(t, caseId), {
    grounds: "facts",
    text: "金额算错了",
    fileIds: [],
  });
  expect(asked.decideBy).toBe("2026-04-01");
  expect(await stateOf(t, caseId)).toMatchObject({ status: "review", holder_unit_id: t.units.brigade });
  await execute(t.kernel, quashReview, byPerson(t, caseId, s.reviewer), {
    outcome: "quashed",
    facts: "事实不清",
    opinion: "撤销重办",
    basis: "规定第三十五条",
    redoDays: 20,
  });
  expect(await stateOf(t, caseId)).toMatchObject({
    status: "inHandling",
    level: "handle",
    holder_unit_id: t.units.first,
    handler_id: null,
  });
  // decided again within the days the review has set, and the letter says the same day
  const day = "2026-03-23";
  expect((await clocks(t, caseId)).K4).toBe(`running ${day}`);
  const { rows } = await t.database.pool.query(
    "select redo_due_on::text as on from kernel.reviews where case_id = $1",
    [caseId],
  );
  expect(rows).toEqual([{ on: day }]);
  const again = { plan: "", heardOn: null };
  await expect(
    execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), { ...again, handlerId: s.handler.personId }),
  ).rejects.toMatchObject({ reasons: [{ code: "handler.sameAsBefore" }] });
  await execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), { ...again, handlerId: s.other.personId });
  await answer(t, s, caseId, s.other, "逐月核对工资表，少发三个月");
  expect(await stateOf(t, caseId)).toMatchObject({ status: "replied", level: "handle" });
});

test("somebody who dealt with the case cannot review it", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const busy = await t.person("兼职", "brigade", [
    { role: "handler", unit: "first" },
    { role: "reviewer", unit: "brigade" },
  ]);
  const caseId = await inHandling(t, s);
  await execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), {
    handlerId: busy.personId,
    plan: "",
    heardOn: null,
  });
  await answer(t, s, caseId, busy);
  await execute(t.kernel, requestReview, byPetitioner(t, caseId), {
    grounds: "facts",
    text: "不服这一答复",
    fileIds: [],
  });

  await expect(
    execute(t.kernel, decideReview, byPerson(t, caseId, busy), {
      outcome: "upheld",
      facts: "清楚",
      opinion: "维持",
      basis: "第三十五条",
    }),
  ).rejects.toMatchObject({ reasons: [{ code: "review.involvedBefore" }] });
});

test("whoever drafted the reply cannot approve it", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const both = await t.person("身兼", "first", [
    { role: "handler", unit: "first" },
    { role: "signer", unit: "first" },
  ]);
  const caseId = await inHandling(t, s);
  await execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), {
    handlerId: both.personId,
    plan: "",
    heardOn: null,
  });
  const [demandId] = await demandIds(t, caseId);
  const answer = { outcome: "explained", facts: "经查", opinion: "解释", basis: "第三条", steps: "" } as const;
  const demands = [{ demandId: demandId as string, ...answer }];
  const draft = { kind: "explain" as const, demands, summary: "解释" };
  // the draft is the named handler's alone [SPEC §7]
  for (const other of [s.officer, s.handler])
    await expect(execute(t.kernel, draftReply, byPerson(t, caseId, other), draft)).rejects.toMatchObject({
      code: "forbidden",
    });
  await execute(t.kernel, draftReply, byPerson(t, caseId, both), draft);

  const { acts } = await readCase(t.kernel, both, caseId);
  expect(acts.find((a) => a.act === "seal")?.refusals.map((r) => r.code)).toEqual(["second.samePerson"]);
  await expect(
    execute(t.kernel, sealReply, byPerson(t, caseId, both), { noticeId: await latestLetter(t, caseId, "D14") }),
  ).rejects.toMatchObject({ reasons: [{ code: "second.samePerson" }] });
});

test("two officers who accept at once get one acceptance and one refusal", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const caseId = await file(t);
  await register(t, s, caseId);
  const accept = () =>
    execute(t.kernel, acceptCase, byPerson(t, caseId, s.officer, 2), { office: "财务股", phone: "" });

  const outcomes = await Promise.allSettled([accept(), accept()]);

  expect(outcomes.map((o) => o.status).sort()).toEqual(["fulfilled", "rejected"]);
  const rejected = outcomes.find((o) => o.status === "rejected") as PromiseRejectedResult;
  expect(rejected.reason.code).toBe("case.stale");
  const { rows } = await t.database.pool.query(
    "select count(*)::int as n from kernel.notices where case_id = $1 and code = 'D8'",
    [caseId],
  );
  expect(rows[0].n).toBe(1);
});

test("a transfer has exactly one holder; the sender sees it until it is accepted, then no more", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const caseId = await file(t);
  await register(t, s, caseId);

  await execute(t.kernel, transferCase, byPerson(t, caseId, s.officer), {
    kind: "transfer",
    toUnitId: t.units.second,
    reason: "由主管单位办理",
    legalGround: "",
  });

  expect(await stateOf(t, caseId)).toMatchObject({ status: "routed", holder_unit_id: t.units.second });
  const acceptAs = (who: Actor) =>
    execute(t.kernel, acceptCase, byPerson(t, caseId, who), { office: "财务股", phone: "" });
  await expect(acceptAs(s.officer)).rejects.toMatchObject({ code: "forbidden" });
  await acceptAs(await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]));
  await expect(acceptAs(s.officer)).rejects.toMatchObject({ code: "case.notFound" });
});

test("a case never goes to the unit complained of, nor to one below it", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const brigade = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade" }]);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "unit", unitId: t.units.first }] });

  expect(await stateOf(t, caseId)).toMatchObject({ holder_unit_id: t.units.brigade });
  const to = (unit: string) =>
    execute(t.kernel, transferCase, byPerson(t, caseId, brigade), {
      kind: "transfer",
      toUnitId: unit,
      reason: "转送",
      legalGround: "",
    });
  await expect(to(t.units.first)).rejects.toMatchObject({ reasons: [{ code: "unit.notRespondent" }] });
  await expect(to(t.units.company)).rejects.toMatchObject({ reasons: [{ code: "unit.notRespondent" }] });
});

test("the ledger of a case is one unbroken chain whose head stands on the case", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const caseId = await inHandling(t, s);
  await answer(t, s, caseId);

  const { rows } = await t.database.pool.query(
    "select seq, prev, hash from kernel.ledger where stream = $1 order by seq",
    [caseId],
  );
  expect(rows.map((r) => r.seq)).toEqual(rows.map((_, n) => n + 1));
  for (const [n, row] of rows.entries()) if (n > 0) expect(row.prev).toEqual(rows[n - 1].hash);
  const head = (await t.database.pool.query("select ledger_hash, ledger_seq from kernel.cases where id = $1", [caseId]))
    .rows[0];
  expect(head).toEqual({ ledger_hash: rows.at(-1).hash, ledger_seq: rows.length });
});
