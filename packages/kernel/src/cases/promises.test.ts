import { expect, test } from "vitest";
import type { DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { execute } from "../pipeline/execute.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  inHandling,
  latestLetter,
  refusalOf,
  reply,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { followUp } from "./afterwards.ts";
import { archiveCase, finaliseCase } from "./conclude.ts";
import { reopenCase } from "./ends.ts";
import { agreeNewDate, askNewDate, fulfilPromise, keepDate, makePromise, reportDone, sayMissing } from "./promises.ts";
import { readCase } from "./read-case.ts";
import { deliverReply, draftReply, sealReply, sendBackReply } from "./reply.ts";
import { decideReview, quashReview, requestReview } from "./review.ts";

const codes = (error: unknown): readonly string[] => {
  const { code, reasons } = error as DoorstepError;
  return reasons.length > 0 ? reasons.map((r) => r.code) : [code];
};
const why = (act: Promise<unknown>) => act.then(() => ["done"], codes);
const asking = { grounds: "facts" as const, text: "金额仍然算错了", fileIds: [] };

/** A reply that promises the back-pay by a date, delivered. */
async function promisedReply(t: TestKernel, s: Staff, dueOn = "2026-04-20", deliveredAt?: string): Promise<string> {
  const id = await inHandling(t, s);
  const [demand] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1", [id]);
  await execute(t.kernel, draftReply, byPerson(t, id, s.handler), {
    kind: "solve",
    demands: [
      {
        demandId: demand?.id as string,
        outcome: "supported",
        facts: "经查确有少发",
        opinion: "予以补发",
        basis: "津贴规定第三条",
        steps: "补发三个月差额",
        promise: { owner: "财务股", dueOn },
      },
    ],
    summary: "补发津贴",
  });
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId: await latestLetter(t, id, "D14") });
  if (deliveredAt) t.clock.now = new Date(deliveredAt);
  await execute(t.kernel, deliverReply, byPerson(t, id, s.officer), {
    noticeId: await latestLetter(t, id, "D14"),
    method: "portal",
    receivedOn: null,
    proof: "",
  });
  return id;
}
const promisesOf = async (t: TestKernel, id: string) => (await readPetitionerCase(t.kernel, id)).promises;
const only = async (t: TestKernel, id: string): Promise<{ commitmentId: string }> => ({
  commitmentId: (await promisesOf(t, id))[0]?.id ?? "",
});
const k25 = (t: TestKernel, id: string) =>
  rows<{ state: string; due: string }>(
    t,
    "select state, due_on::text as due from kernel.clocks where case_id = $1 and code = 'K25' order by id",
    [id],
  );
const marksOf = async (t: TestKernel, s: Staff, id: string) => (await readCase(t.kernel, s.officer, id)).marks;

test("what a reply promises is watched until the petitioner signs it off", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  expect(await promisesOf(t, id)).toMatchObject([
    { demandNo: 1, text: "补发三个月差额", owner: "财务股", dueOn: "2026-04-20", state: "open", late: false },
  ]);
  expect(await k25(t, id)).toEqual([{ state: "running", due: "2026-04-20" }]);
  expect(await marksOf(t, s, id)).toContain("fulfilling");
  const [opinion] = await rows<{ facts: never }>(t, "select facts from kernel.notices where id = $1", [
    await latestLetter(t, id, "D14"),
  ]);
  expect(JSON.stringify(composeLetter("D14", opinion?.facts as never, "en"))).toContain("asked to confirm");

  // nothing to sign before the unit has said what it did
  expect(await why(execute(t.kernel, fulfilPromise, byPetitioner(t, id), await only(t, id)))).toEqual([
    "commitment.nothingReported",
  ]);
  const report = { ...(await only(t, id)), evidence: "4月18日转账，凭证在案" };
  await execute(t.kernel, reportDone, byPerson(t, id, s.officer), report);
  expect(await why(execute(t.kernel, sayMissing, byPetitioner(t, id), { ...report, text: " " }))).toEqual([
    "commitment.sayWhatIsMissing",
  ]);
  await execute(t.kernel, sayMissing, byPetitioner(t, id), { ...report, text: "还差三月份" });
  expect(await promisesOf(t, id)).toMatchObject([{ state: "open", missing: "还差三月份" }]);
  expect(await k25(t, id)).toEqual([{ state: "running", due: "2026-04-20" }]);

  await execute(t.kernel, reportDone, byPerson(t, id, s.handler), report);
  await execute(t.kernel, fulfilPromise, byPetitioner(t, id), await only(t, id));
  expect(await promisesOf(t, id)).toMatchObject([{ state: "done", confirmedBy: "petitioner", reason: null }]);
  expect(await k25(t, id)).toEqual([{ state: "stopped", due: "2026-04-20" }]);
  expect(await marksOf(t, s, id)).not.toContain("fulfilling");
  expect((await readPetitionerCase(t.kernel, id)).letters.map((l) => l.code)).toContain("D20");
});

test("a case with an open promise is neither final nor filed away; a broken one is late for everybody", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  t.clock.now = new Date("2026-05-20T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await promisesOf(t, id)).toMatchObject([{ state: "open", late: true }]);
  expect((await k25(t, id))[0]?.state).toBe("breached");
  expect(await why(execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {}))).toEqual([
    "mark.set",
    "nothing.open",
  ]);
  await execute(t.kernel, reportDone, byPerson(t, id, s.officer), { ...(await only(t, id)), evidence: "已补发" });
  await execute(t.kernel, fulfilPromise, byPetitioner(t, id), await only(t, id));
  await execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  await execute(t.kernel, followUp, byPerson(t, id, s.officer), { how: "电话回访，没有新的问题" });
  await execute(t.kernel, archiveCase, byPerson(t, id, s.officer), {});
});

test("without the petitioner a second officer records why, never who reported it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  const second = await t.person("另一干事", "first", [{ role: "officer", unit: "first" }]);
  await execute(t.kernel, reportDone, byPerson(t, id, s.officer), { ...(await only(t, id)), evidence: "已补发" });
  const confirm = { ...(await only(t, id)), reason: "本人外出执行任务，电话确认已到账" };
  expect(await why(execute(t.kernel, fulfilPromise, byPerson(t, id, s.officer), confirm))).toEqual([
    "second.samePerson",
  ]);
  expect(await why(execute(t.kernel, fulfilPromise, byPerson(t, id, s.clerk), confirm))).toEqual(["forbidden"]);
  await execute(t.kernel, fulfilPromise, byPerson(t, id, second), confirm);
  expect(await promisesOf(t, id)).toMatchObject([{ state: "done", confirmedBy: "officer", reason: confirm.reason }]);
  const [letter] = await rows<{ facts: never }>(t, "select facts from kernel.notices where id = $1", [
    await latestLetter(t, id, "D20"),
  ]);
  for (const language of ["zh-CN", "en"] as const)
    expect(JSON.stringify(composeLetter("D20", letter?.facts as never, language))).toContain(confirm.reason);
});

test("the date changes once, before the day, and only with the petitioner's consent", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  const later = { ...(await only(t, id)), dueOn: "2026-05-08", reason: "等上级批复" };
  expect(await why(execute(t.kernel, agreeNewDate, byPetitioner(t, id), later))).toEqual(["commitment.noDateAsked"]);
  await execute(t.kernel, askNewDate, byPerson(t, id, s.officer), later);
  expect(await why(execute(t.kernel, askNewDate, byPerson(t, id, s.officer), later))).toEqual(["commitment.dateOnce"]);
  await execute(t.kernel, keepDate, byPetitioner(t, id), await only(t, id));
  expect(await promisesOf(t, id)).toMatchObject([{ dueOn: "2026-04-20", asked: null }]);
  expect(await k25(t, id)).toEqual([{ state: "running", due: "2026-04-20" }]);

  await execute(t.kernel, askNewDate, byPerson(t, id, s.officer), later);
  expect(await promisesOf(t, id)).toMatchObject([{ asked: { dueOn: "2026-05-08", because: "等上级批复" } }]);
  await execute(t.kernel, agreeNewDate, byPetitioner(t, id), await only(t, id));
  expect(await k25(t, id)).toEqual([
    { state: "stopped", due: "2026-04-20" },
    { state: "running", due: "2026-05-08" },
  ]);
  expect(await promisesOf(t, id)).toMatchObject([{ dueOn: "2026-05-08", asked: null }]);
  expect(
    await why(execute(t.kernel, askNewDate, byPerson(t, id, s.officer), { ...later, dueOn: "2026-06-01" })),
  ).toEqual(["commitment.dateOnce"]);
});

test("several promises each have their own clock; the head of the unit adds one, also while a review runs", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  const more = { demandId: null, text: "向全营说明津贴标准", owner: "政治处", dueOn: "2026-03-20" };
  expect(await why(execute(t.kernel, makePromise, byPerson(t, id, s.officer), more))).toEqual(["forbidden"]);
  const past = execute(t.kernel, makePromise, byPerson(t, id, s.signer), { ...more, dueOn: "2026-03-01" });
  expect(await why(past)).toEqual(["commitment.datePassed"]);
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  await execute(t.kernel, makePromise, byPerson(t, id, s.signer), more);
  expect((await k25(t, id)).map((c) => c.due).toSorted()).toEqual(["2026-03-20", "2026-04-20"]);

  const second = (await promisesOf(t, id)).find((p) => p.owner === "政治处")?.id ?? "";
  await execute(t.kernel, reportDone, byPerson(t, id, s.officer), { commitmentId: second, evidence: "已张贴" });
  await execute(t.kernel, fulfilPromise, byPetitioner(t, id), { commitmentId: second });
  expect((await k25(t, id)).map((c) => `${c.due} ${c.state}`).toSorted()).toEqual([
    "2026-03-20 stopped",
    "2026-04-20 running",
  ]);
  expect(await marksOf(t, s, id)).toContain("fulfilling");

  const wrong = execute(t.kernel, reportDone, byPerson(t, id, s.officer), { commitmentId: t.key(), evidence: "x" });
  expect(await why(wrong)).toEqual(["commitment.notFound"]);
  const upheld = { outcome: "upheld", facts: "清楚", opinion: "维持", basis: "第三十五条" } as const;
  await execute(t.kernel, decideReview, byPerson(t, id, s.reviewer), upheld);
  expect(await marksOf(t, s, id)).toContain("fulfilling");
});

test("a quash releases what the quashed reply promised", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s);
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  const quashed = { outcome: "quashed", facts: "不清", opinion: "重办", basis: "第三十五条", redoDays: 20 } as const;
  await execute(t.kernel, quashReview, byPerson(t, id, s.reviewer), quashed);
  expect(await promisesOf(t, id)).toMatchObject([{ state: "released" }]);
  expect(await k25(t, id)).toEqual([{ state: "stopped", due: "2026-04-20" }]);
  expect(await marksOf(t, s, id)).toEqual([]);
});

test("a promise needs a day that has not passed; a letter that is handed over late owes it at once", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const plain = await inHandling(t, s);
  await reply(t, s, plain);
  expect(await promisesOf(t, plain)).toEqual([]);
  expect(await why(promisedReply(t, s, "2026-03-01"))).toEqual(["commitment.datePassed"]);

  const late = await promisedReply(t, s, "2026-03-05", "2026-03-09T02:00:00Z");
  expect(await promisesOf(t, late)).toMatchObject([{ dueOn: "2026-03-05", late: true }]);
  await sweepClocks(t.kernel);
  expect(await k25(t, late)).toEqual([{ state: "breached", due: "2026-03-05" }]);
});

test("a promise past its date is a ground to take it up again, also before the end; what it promised goes with it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await promisedReply(t, s, "2026-03-20");
  const again = { ground: "promiseBroken", reason: "承诺没有落实，重新办理" } as const;
  const reopen = (input: object = again) =>
    execute(t.kernel, reopenCase, byPerson(t, id, s.officer), input as typeof again);
  expect(await refusalOf(reopen())).toEqual(["commitment.noneBroken"]);
  t.clock.advance({ days: 19 });
  expect(await refusalOf(reopen({ ...again, ground: "newFacts" }))).toEqual(["commitment.noneBroken"]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  expect((await readCase(t.kernel, above, id)).acts.find((a) => a.act === "reopen")?.refusals).toEqual([]);
  await reopen();
  const [c] = await rows<{ status: string; flags: string[] }>(
    t,
    "select status, flags from kernel.cases where id = $1",
    [id],
  );
  expect(c).toEqual({ status: "registered", flags: [] });
  expect((await promisesOf(t, id)).map((p) => p.state)).toEqual(["released"]);
  const running = await rows<{ code: string }>(
    t,
    "select code from kernel.clocks where case_id = $1 and state <> 'stopped'",
    [id],
  );
  expect(running.map((r) => r.code)).toEqual(["K2"]);
});

test("a reply that is sent back still holds what it promised, for whoever corrects it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const [demand] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1", [id]);
  const answer = { outcome: "supported", facts: "少发", opinion: "补发", basis: "第三条", steps: "补发" } as const;
  const promise = { owner: "财务股", dueOn: "2026-04-20" };
  await execute(t.kernel, draftReply, byPerson(t, id, s.handler), {
    kind: "solve",
    demands: [{ demandId: demand?.id as string, ...answer, promise }],
    summary: "补发津贴",
  });
  const noticeId = await latestLetter(t, id, "D14");
  await execute(t.kernel, sendBackReply, byPerson(t, id, s.signer), { noticeId, reason: "写明金额" });
  expect((await readCase(t.kernel, s.handler, id)).demands.map((d) => d.promise)).toEqual([promise]);
});
