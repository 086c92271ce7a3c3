import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { type Filing, fileCase } from "../intake/file-case.ts";
import { rateCase } from "../intake/rate.ts";
import { execute, type On } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { acceptCase } from "./accept.ts";
import { finaliseCase } from "./conclude.ts";
import { assignHandler, reassignHandler, recordHeard } from "./handling.ts";
import { readCase } from "./read-case.ts";
import { registerCase } from "./register.ts";
import { deliverReply, draftReply, sealReply } from "./reply.ts";
import { decideReview, quashReview, requestReview } from "./review.ts";
import { transferCase } from "./route.ts";

const filing = (t: TestKernel, more: Partial<Filing> = {}): Filing => ({
  key: t.key(),
  unitId: t.units.first,
  via: "online",
  channelKey: "online-petition/online",
  channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
  purpose: "solve",
  title: "津贴少发一档",
  body: "3月调动后艰苦边远津贴少发一档，财务一直让等。",
  alreadyTried: "",
  desiredOutcome: "补发津贴",
  concernsLeader: false,
  urgentSafety: false,
  anonymity: "anonymous",
  headcount: 1,
  fileIds: [],
  locale: "zh-CN",
  ...more,
});

interface Staff {
  readonly clerk: Actor;
  readonly officer: Actor;
  readonly handler: Actor;
  readonly other: Actor;
  readonly signer: Actor;
  readonly reviewer: Actor;
}

async function staff(t: TestKernel): Promise<Staff> {
  const at = (unit: "brigade" | "first", role: string) => [{ role, unit }];
  return {
    clerk: await t.person("文书", "first", at("first", "clerk")),
    officer: await t.person("干事", "first", at("first", "officer")),
    handler: await t.person("承办", "first", at("first", "handler")),
    other: await t.person("另一承办", "first", at("first", "handler")),
    signer: await t.person("营长", "first", at("first", "signer")),
    reviewer: await t.person("复查", "brigade", at("brigade", "reviewer")),
  };
}

const by = (t: TestKernel, caseId: string, actor: Actor, version?: number): On => ({
  caseId,
  version,
  key: t.key(),
  party: { kind: "person", actor },
});
const petitioner = (t: TestKernel, caseId: string): On => ({ caseId, key: t.key(), party: { kind: "petitioner" } });

const registration = {
  category: "claim",
  track: "ordinary",
  subRoute: 6,
  confidentiality: 1,
  severity: "ordinary",
  topicIds: [],
  demands: [{ text: "补发少发的津贴", desiredOutcome: "补发" }],
  respondents: [],
  safetyAnswered: true,
  duplicatesChecked: true,
} as const;

/** Filed, registered, accepted, in the hands of a handler, heard. */
async function inHandling(t: TestKernel, s: Staff, more: Partial<Filing> = {}): Promise<string> {
  const { caseId } = await fileCase(t.kernel, filing(t, more), { actor: "anonymous", petitionerId: null });
  await execute(t.kernel, registerCase, by(t, caseId, s.clerk), registration as never);
  await execute(t.kernel, acceptCase, by(t, caseId, s.officer), { office: "财务股", phone: "" });
  await execute(t.kernel, assignHandler, by(t, caseId, s.officer), {
    handlerId: s.handler.personId,
    plan: "核对工资表",
    heardOn: null,
  });
  await execute(t.kernel, recordHeard, by(t, caseId, s.handler), { heardOn: "2026-03-02", how: "电话听取" });
  return caseId;
}

async function demandIds(t: TestKernel, caseId: string): Promise<readonly string[]> {
  const { rows } = await t.database.pool.query("select id from kernel.demands where case_id = $1 order by no", [
    caseId,
  ]);
  return rows.map((r) => r.id);
}
async function letter(t: TestKernel, caseId: string, code: string): Promise<string> {
  const { rows } = await t.database.pool.query(
    "select id from kernel.notices where case_id = $1 and code = $2 order by created_at desc, id desc limit 1",
    [caseId, code],
  );
  return rows[0].id;
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

async function answer(t: TestKernel, s: Staff, caseId: string, handler = s.handler): Promise<void> {
  t.clock.advance({ minutes: 1 });
  const [demandId] = await demandIds(t, caseId);
  await execute(t.kernel, draftReply, by(t, caseId, handler), {
    kind: "solve",
    demands: [
      {
        demandId: demandId as string,
        outcome: "supported",
        facts: "经查确有少发",
        opinion: "予以补发",
        basis: "津贴规定第三条",
        steps: "4月底前补发",
      },
    ],
    summary: "补发津贴",
  });
  await execute(t.kernel, sealReply, by(t, caseId, s.signer), { noticeId: await letter(t, caseId, "D14") });
  await execute(t.kernel, deliverReply, by(t, caseId, s.officer), {
    noticeId: await letter(t, caseId, "D14"),
    method: "portal",
    receivedOn: null,
    proof: "",
  });
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

  await execute(t.kernel, rateCase, petitioner(t, caseId), { office: "satisfied", unit: "basically", comment: "" });
  await expect(execute(t.kernel, finaliseCase, by(t, caseId, s.officer), {})).rejects.toMatchObject({
    code: "act.refused",
    reasons: [{ code: "clock.lapsed" }],
  });
  t.clock.advance({ days: 33 });
  await execute(t.kernel, finaliseCase, by(t, caseId, s.officer), {});
  expect(await stateOf(t, caseId)).toMatchObject({ status: "final" });
});

test("a review goes one level up, to somebody new, and a quashed decision to another handler", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staff(t);
  const caseId = await inHandling(t, s);
  await answer(t, s, caseId);

  const asked = await execute(t.kernel, requestReview, petitioner(t, caseId), {
    grounds: "facts",
    text: "金额算错了",
    fileIds: [],
  });
  expect(asked.decideBy).toBe("2026-04-01");
  expect(await stateOf(t, caseId)).toMatchObject({ status: "review", holder_unit_id: t.units.brigade });
  await execute(t.kernel, quashReview, by(t, caseId, s.reviewer), {
    outcome: "quashed",
    facts: "事实不清",
    opinion: "撤销重办",
    basis: "规定第三十五条",
    redoDays: 20,
  });
  expect(await stateOf(t, caseId)).toMatchObject({
    status: "inHandling",
    level: "review",
    holder_unit_id: t.units.first,
    handler_id: null,
  });
  const again = { plan: "", heardOn: null };
  await expect(
    execute(t.kernel, reassignHandler, by(t, caseId, s.officer), { ...again, handlerId: s.handler.personId }),
  ).rejects.toMatchObject({ reasons: [{ code: "handler.sameAsBefore" }] });
  await execute(t.kernel, reassignHandler, by(t, caseId, s.officer), { ...again, handlerId: s.other.personId });
  await answer(t, s, caseId, s.other);
  expect(await stateOf(t, caseId)).toMatchObject({ status: "replied", level: "review" });
});

test("somebody who dealt with the case cannot review it", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const busy = await t.person("兼职", "brigade", [
    { role: "handler", unit: "first" },
    { role: "reviewer", unit: "brigade" },
  ]);
  const caseId = await inHandling(t, s);
  await execute(t.kernel, reassignHandler, by(t, caseId, s.officer), {
    handlerId: busy.personId,
    plan: "",
    heardOn: null,
  });
  await answer(t, s, caseId, busy);
  await execute(t.kernel, requestReview, petitioner(t, caseId), {
    grounds: "facts",
    text: "不服这一答复",
    fileIds: [],
  });

  await expect(
    execute(t.kernel, decideReview, by(t, caseId, busy), {
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
  await execute(t.kernel, reassignHandler, by(t, caseId, s.officer), {
    handlerId: both.personId,
    plan: "",
    heardOn: null,
  });
  const [demandId] = await demandIds(t, caseId);
  await execute(t.kernel, draftReply, by(t, caseId, both), {
    kind: "explain",
    demands: [
      {
        demandId: demandId as string,
        outcome: "explained",
        facts: "经查",
        opinion: "解释",
        basis: "第三条",
        steps: "",
      },
    ],
    summary: "解释",
  });

  const { acts } = await readCase(t.kernel, both, caseId);
  expect(acts.find((a) => a.act === "seal")?.refusals.map((r) => r.code)).toEqual(["second.samePerson"]);
  await expect(
    execute(t.kernel, sealReply, by(t, caseId, both), { noticeId: await letter(t, caseId, "D14") }),
  ).rejects.toMatchObject({ reasons: [{ code: "second.samePerson" }] });
});

test("two officers who accept at once get one acceptance and one refusal", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const { caseId } = await fileCase(t.kernel, filing(t), { actor: "anonymous", petitionerId: null });
  await execute(t.kernel, registerCase, by(t, caseId, s.clerk), registration as never);
  const accept = () => execute(t.kernel, acceptCase, by(t, caseId, s.officer, 2), { office: "财务股", phone: "" });

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
  const { caseId } = await fileCase(t.kernel, filing(t), { actor: "anonymous", petitionerId: null });
  await execute(t.kernel, registerCase, by(t, caseId, s.clerk), registration as never);

  await execute(t.kernel, transferCase, by(t, caseId, s.officer), {
    kind: "transfer",
    toUnitId: t.units.second,
    reason: "由主管单位办理",
    legalGround: "",
  });

  expect(await stateOf(t, caseId)).toMatchObject({ status: "routed", holder_unit_id: t.units.second });
  const acceptAs = (who: Actor) => execute(t.kernel, acceptCase, by(t, caseId, who), { office: "财务股", phone: "" });
  await expect(acceptAs(s.officer)).rejects.toMatchObject({ code: "forbidden" });
  await acceptAs(await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]));
  await expect(acceptAs(s.officer)).rejects.toMatchObject({ code: "case.notFound" });
});

test("a case never goes to the unit complained of, nor to one below it", async () => {
  await using t = await openTestKernel();
  const s = await staff(t);
  const brigade = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade" }]);
  const { caseId } = await fileCase(t.kernel, filing(t), { actor: "anonymous", petitionerId: null });
  await execute(t.kernel, registerCase, by(t, caseId, s.clerk), {
    ...registration,
    respondents: [{ kind: "unit", unitId: t.units.first }],
  } as never);

  expect(await stateOf(t, caseId)).toMatchObject({ holder_unit_id: t.units.brigade });
  const to = (unit: string) =>
    execute(t.kernel, transferCase, by(t, caseId, brigade), {
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
