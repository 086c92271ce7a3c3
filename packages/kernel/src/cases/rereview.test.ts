import { expect, test } from "vitest";
import type { Actor, DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { endHearings } from "../sweep/end-hearings.ts";
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
import { assignHandler, reassignHandler, recordHeard } from "./handling.ts";
import { callHearing, closeHearing } from "./procedures.ts";
import { readCase } from "./read-case.ts";
import { deliverReply, draftReply, sealReply } from "./reply.ts";
import { acceptReview, decideRereview } from "./rereview.ts";
import { decideReview, quashReview, requestRereview, requestReview } from "./review.ts";

const codes = (error: unknown): readonly string[] => (error as DoorstepError).reasons.map((r) => r.code);
const asking = { grounds: "facts", text: "金额仍然算错了", fileIds: [] as string[] } as const;
const upheld = { outcome: "upheld", facts: "清楚", opinion: "维持", basis: "第三十五条" } as const;

/** The company decides, the battalion reviews, the brigade reviews again. */
async function three(t: TestKernel) {
  const at = (unit: "company" | "first" | "brigade", role: string) => [{ role, unit }];
  const s: Staff = {
    clerk: await t.person("文书", "company", at("company", "clerk")),
    officer: await t.person("干事", "company", at("company", "officer")),
    handler: await t.person("承办", "company", at("company", "handler")),
    signer: await t.person("连长", "company", at("company", "signer")),
    reviewer: await t.person("复查", "first", at("first", "reviewer")),
  };
  const last = await t.person("复核", "brigade", at("brigade", "reviewer"));
  return { s, last };
}

async function reviewed(t: TestKernel, s: Staff): Promise<string> {
  const id = await file(t, { unitId: t.units.company });
  await register(t, s, id);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "连部", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  const heardOn = t.clock.now.toISOString().slice(0, 10);
  await execute(t.kernel, recordHeard, byPerson(t, id, s.handler), { heardOn, how: "当面" });
  await reply(t, s, id);
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  await execute(t.kernel, decideReview, byPerson(t, id, s.reviewer), upheld);
  return id;
}

const clockOf = async (t: TestKernel, id: string, code: string) =>
  (
    await rows<{ state: string; due: string }>(
      t,
      "select state, due_on::text as due from kernel.clocks where case_id = $1 and code = $2 order by started_at desc, id desc limit 1",
      [id, code],
    )
  )[0];
const decide = (t: TestKernel, id: string, who: Actor, more: object = {}) =>
  execute(t.kernel, decideRereview, byPerson(t, id, who), { ...upheld, demands: [], ...more } as never);

test("a review opinion goes one level further up; what is decided there is final and says so", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, last } = await three(t);
  const id = await reviewed(t, s);
  expect((await readPetitionerCase(t.kernel, id)).review).toMatchObject({ level: "rereview", open: true });

  const asked = await execute(t.kernel, requestRereview, byPetitioner(t, id), asking);
  expect(asked.reviewBody["zh-CN"]).toBe("brigade单位");
  expect(await clockOf(t, id, "K15")).toMatchObject({ state: "stopped" });
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "running", due: asked.decideBy });
  expect((await readCase(t.kernel, last, id)).holder.id).toBe(t.units.brigade);

  await execute(t.kernel, acceptReview, byPerson(t, id, last), {});
  expect(await clockOf(t, id, "K13")).toMatchObject({ state: "stopped" });
  // whoever reviewed below has no part in it any more
  await expect(decide(t, id, s.reviewer)).rejects.toMatchObject({ code: "case.notFound" });
  await decide(t, id, last);

  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen).toMatchObject({ state: "final", level: "rereview", review: { open: false } });
  expect(seen.demands.map((d) => d.outcome)).toEqual(["supported"]);
  expect(seen.letters.map((l) => l.code)).toContain("D23");
  const [letter] = await rows<{ facts: object }>(t, "select facts from kernel.notices where id = $1", [
    await latestLetter(t, id, "D23"),
  ]);
  expect(letter?.facts).toMatchObject({ outcome: "upheld", demands: [{ no: 1, outcome: "supported" }] });
  for (const again of [requestReview, requestRereview])
    expect(codes(await execute(t.kernel, again, byPetitioner(t, id), asking).catch((e) => e))).toEqual(["act.state"]);
});

test("a changed opinion decides every demand, and nobody who acted before decides", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, last } = await three(t);
  const both = await t.person("两级", "first", [
    { role: "reviewer", unit: "first" },
    { role: "reviewer", unit: "brigade" },
  ]);
  const id = await reviewed(t, { ...s, reviewer: both });
  await execute(t.kernel, requestRereview, byPetitioner(t, id), asking);
  expect(codes(await decide(t, id, both).catch((e) => e))).toEqual(["review.involvedBefore"]);
  const view = await readCase(t.kernel, both, id);
  expect(view.acts.find((a) => a.act === "decideRereview")?.refusals.map((r) => r.code)).toEqual([
    "review.involvedBefore",
  ]);
  expect(codes(await decide(t, id, last, { outcome: "changed" }).catch((e) => e))).toEqual(["review.outcomesMissing"]);
  const [demand] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1", [id]);
  const adopted = [{ demandId: demand?.id, outcome: "adopted" }];
  const wrong = decide(t, id, last, { outcome: "changed", demands: adopted });
  expect(codes(await wrong.catch((e) => e))).toEqual(["reply.outcomeForCategory"]);

  const demands = [{ demandId: demand?.id, outcome: "notSupported" }];
  await decide(t, id, last, { outcome: "changed", opinion: "不予支持", demands });
  const [seen] = (await readPetitionerCase(t.kernel, id)).demands;
  expect(seen).toMatchObject({ outcome: "notSupported", opinion: "不予支持" });
});

test("the days of a hearing do not count in a re-review", async () => {
  await using t = await openTestKernel({ now: "2026-05-11T02:00:00Z" });
  const { s, last } = await three(t);
  const id = await reviewed(t, s);
  t.clock.now = new Date("2026-06-01T02:00:00Z");
  await execute(t.kernel, requestRereview, byPetitioner(t, id), asking);
  expect(await clockOf(t, id, "K16")).toMatchObject({ due: "2026-07-01" });

  t.clock.now = new Date("2026-06-10T02:00:00Z");
  const hearing = { hearingOn: "2026-06-17", open: true, note: "双方申请", chairId: null, panelIds: [] };
  await execute(t.kernel, callHearing, byPerson(t, id, last), hearing);
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "paused" });
  expect(codes(await decide(t, id, last).catch((e) => e))).toEqual(["mark.set"]);
  t.clock.now = new Date("2026-06-15T02:00:00Z");
  await execute(t.kernel, closeHearing, byPerson(t, id, last), { note: "听证结论" });
  // the vector of SPEC §5: 30 days from 1 June, six of them of the hearing
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "running", due: "2026-07-07" });

  // one failed and another is called: its days count
  t.clock.now = new Date("2026-06-16T02:00:00Z");
  await execute(t.kernel, callHearing, byPerson(t, id, last), { ...hearing, hearingOn: "2026-06-24" });
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "running", due: "2026-07-07" });
  t.clock.now = new Date("2026-06-24T02:00:00Z");
  await execute(t.kernel, closeHearing, byPerson(t, id, last), { note: "听证结论" });
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "running", due: "2026-07-07" });
  await decide(t, id, last);
});

test("a re-review's period runs on by itself where nobody ends the hearing", async () => {
  await using t = await openTestKernel({ now: "2026-05-11T02:00:00Z" });
  const { s, last } = await three(t);
  const id = await reviewed(t, s);
  t.clock.now = new Date("2026-06-01T02:00:00Z");
  await execute(t.kernel, requestRereview, byPetitioner(t, id), asking);
  const hearing = { hearingOn: "2026-06-10", open: true, note: "双方申请", chairId: s.handler.personId, panelIds: [] };
  const called = execute(t.kernel, callHearing, byPerson(t, id, last), hearing);
  expect(codes(await called.catch((e) => e))).toEqual(["hearing.investigates"]);
  const decided = { ...hearing, chairId: s.reviewer.personId };
  expect(codes(await execute(t.kernel, callHearing, byPerson(t, id, last), decided).catch((e) => e))).toEqual([
    "hearing.investigates",
  ]);
  await execute(t.kernel, callHearing, byPerson(t, id, last), { ...hearing, chairId: last.personId });
  t.clock.now = new Date("2026-06-18T02:00:00Z");
  expect(await endHearings(t.kernel)).toBe(1);
  // 18 days stood still: 1 July and 18 days
  expect(await clockOf(t, id, "K16")).toMatchObject({ state: "running", due: "2026-07-20" });
});

test("late only with a reason; nobody above the top; only after a review", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s } = await three(t);
  const id = await reviewed(t, s);
  t.clock.now = new Date("2026-05-20T02:00:00Z");
  const late = execute(t.kernel, requestRereview, byPetitioner(t, id), asking);
  expect(codes(await late.catch((e) => e))).toEqual(["review.lapsed"]);
  await execute(t.kernel, requestRereview, byPetitioner(t, id), { ...asking, lateBecause: "住院一个月" });
  expect(
    await rows(t, "select level, late_because from kernel.reviews where case_id = $1 and level = 'rereview'", [id]),
  ).toEqual([{ level: "rereview", late_because: "住院一个月" }]);

  // decided by the top itself: there is nobody to ask
  const first = await staffOf(t);
  const top = await inHandling(t, first);
  await reply(t, first, top);
  const early = execute(t.kernel, requestRereview, byPetitioner(t, top), asking);
  expect(codes(await early.catch((e) => e))).toEqual(["review.level"]);
  await execute(t.kernel, requestReview, byPetitioner(t, top), asking);
  await execute(t.kernel, decideReview, byPerson(t, top, first.reviewer), upheld);
  const above = execute(t.kernel, requestRereview, byPetitioner(t, top), asking);
  expect(codes(await above.catch((e) => e))).toEqual(["review.nobodyAbove"]);
});

test("the body that reviews says once that it took the request up, by somebody new", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  expect(await clockOf(t, id, "K13")).toMatchObject({ state: "running", due: "2026-03-05" });
  await expect(execute(t.kernel, acceptReview, byPerson(t, id, s.officer), {})).rejects.toMatchObject({
    code: "forbidden",
  });
  await execute(t.kernel, acceptReview, byPerson(t, id, s.reviewer), {});
  const history = (await readPetitionerCase(t.kernel, id)).history.map((h) => h.text.en);
  expect(history).toContain("The unit above took your request up");
  const again = execute(t.kernel, acceptReview, byPerson(t, id, s.reviewer), {});
  expect(codes(await again.catch((e) => e))).toEqual(["review.takenUp"]);
});

test("after a quash another person decides again, and not the same on the same facts and reasons; it can be reviewed again", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  await execute(t.kernel, quashReview, byPerson(t, id, s.reviewer), { ...upheld, outcome: "quashed", redoDays: 20 });
  const other = await t.person("承办乙", "first", [{ role: "handler", unit: "first" }]);
  const rename = (handler: Actor) =>
    execute(t.kernel, reassignHandler, byPerson(t, id, s.officer), {
      handlerId: handler.personId,
      plan: "",
      heardOn: null,
    });
  t.clock.advance({ hours: 1 });
  expect(codes(await rename(s.handler).catch((e) => e))).toEqual(["handler.sameAsBefore"]);
  await rename(other);
  await rename(other);

  const [demand] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1", [id]);
  const draft = (more: object) =>
    execute(t.kernel, draftReply, byPerson(t, id, other), {
      kind: "solve",
      demands: [
        {
          demandId: demand?.id as string,
          outcome: "supported",
          facts: " 经查，确有少发。",
          opinion: "同意补发",
          basis: "《津贴规定》第三条",
          steps: "5月底前补发",
          ...more,
        },
      ],
      summary: "补发津贴",
    });
  await expect(draft({})).rejects.toMatchObject({ code: "reply.sameAsQuashed" });
  await draft({ facts: "调取工资表逐月核对，确有少发三个月" });
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId: await latestLetter(t, id, "D14") });
  await execute(t.kernel, deliverReply, byPerson(t, id, s.officer), {
    noticeId: await latestLetter(t, id, "D14"),
    method: "portal",
    receivedOn: null,
    proof: "",
  });
  expect((await readPetitionerCase(t.kernel, id)).review).toMatchObject({ level: "review", open: true });
  await execute(t.kernel, requestReview, byPetitioner(t, id), asking);
  const same = execute(t.kernel, decideReview, byPerson(t, id, s.reviewer), upheld);
  expect(codes(await same.catch((e) => e))).toEqual(["review.involvedBefore"]);
});
