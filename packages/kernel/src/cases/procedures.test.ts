import { expect, test } from "vitest";
import type { Actor, DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { endHearings } from "../sweep/end-hearings.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  draft,
  file,
  inHandling,
  latestLetter,
  register,
  rows,
  staffOf,
} from "../testing/story.ts";
import { personKey } from "../vault/keys.ts";
import { acceptCase } from "./accept.ts";
import { recordAgreement } from "./agreement.ts";
import { assignHandler } from "./handling.ts";
import { callHearing, closeHearing, closeMediation, openMediation } from "./procedures.ts";
import { readCase } from "./read-case.ts";
import { deliverReply, sealReply } from "./reply.ts";
import { splitCase } from "./split.ts";
import { liftTopic, markTopic } from "./topic-marks.ts";

const refusalOf = (act: Promise<unknown>): Promise<readonly string[]> =>
  act.then(
    () => [],
    (error: DoorstepError) => (error.reasons.length > 0 ? error.reasons.map((r) => r.code) : [error.code]),
  );
const marksOf = async (t: TestKernel, id: string) =>
  (await rows<{ flags: string[] }>(t, "select flags from kernel.cases where id = $1", [id]))[0]?.flags;
const clock = async (t: TestKernel, id: string, code: string) =>
  (
    await rows<{ state: string; due_on: string }>(
      t,
      "select state, due_on::text from kernel.clocks where case_id = $1 and code = $2",
      [id, code],
    )
  )[0];

const consents = { bothConsented: true, note: "由营调解小组调解", mediatorIds: [] as string[] } as const;
const hearing = { hearingOn: "2026-02-11", open: true, note: "主持人：王五", chairId: null, panelIds: [] };

test("mediation runs beside the petition, whose own clock goes on; whoever takes part can end it", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const before = await clock(t, id, "K4");

  await execute(t.kernel, openMediation, byPerson(t, id, s.handler), consents);
  expect(await marksOf(t, id)).toEqual(["inMediation"]);
  expect(await clock(t, id, "K18")).toMatchObject({ state: "running" });
  expect(await clock(t, id, "K4")).toEqual(before);
  expect(await refusalOf(execute(t.kernel, openMediation, byPerson(t, id, s.handler), consents))).toEqual(["mark.set"]);
  expect((await readPetitionerCase(t.kernel, id)).acts).toContainEqual({ act: "closeMediation", refusals: [] });

  const leaving = { because: "consentRevoked", note: "我不想再调解" } as const;
  await execute(t.kernel, closeMediation, byPetitioner(t, id), leaving);
  expect(await marksOf(t, id)).toEqual([]);
  expect(await clock(t, id, "K18")).toMatchObject({ state: "stopped" });
  expect(await refusalOf(execute(t.kernel, closeMediation, byPetitioner(t, id), leaving))).toEqual(["mark.missing"]);
  expect(await refusalOf(execute(t.kernel, openMediation, byPerson(t, id, s.signer), consents))).toEqual(["forbidden"]);
});

test("what is about violence or harassment is never mediated, in whole or in part, by whatever topic says so", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const topics = await rows<{ id: string; code: string }>(t, "select id, code from kernel.topics order by code");
  expect(topics.map((topic) => topic.code)).toEqual(["harassment", "violence"]);
  const about = async (topicId: string) => {
    const id = await file(t);
    const demands = ["不再被打", "补发津贴"].map((text) => ({ text, desiredOutcome: "" }));
    await register(t, s, id, { topicIds: [topicId], demands });
    return id;
  };
  const handled = async (id: string) => {
    await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "政工科", phone: "" });
    const naming = { handlerId: s.handler.personId, plan: "分别了解", heardOn: null };
    await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
    return id;
  };
  const open = (id: string) => refusalOf(execute(t.kernel, openMediation, byPerson(t, id, s.handler), consents));

  for (const { id } of topics) expect(await open(await handled(await about(id)))).toEqual(["mediation.never"]);
  const id = await about(topics[0]?.id ?? "");
  const [first] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1 order by no", [id]);
  const { splitOff } = await execute(t.kernel, splitCase, byPerson(t, id, s.officer), {
    ...{ demandIds: [first?.id ?? ""], title: "被打", text: "熄灯后被打。", reason: "另立一件办理。" },
  });
  expect(await open(await handled(splitOff.caseId))).toEqual(["mediation.never"]);
  // a part that is about something else is taken out without that topic; the rest keeps it
  const other = await about(topics[0]?.id ?? "");
  const [, allowance] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1 order by no", [
    other,
  ]);
  const part = {
    demandIds: [allowance?.id ?? ""],
    title: "补发津贴",
    text: "另有津贴未发。",
    reason: "另立一件办理。",
  };
  const split = (topicIds: readonly string[]) =>
    execute(t.kernel, splitCase, byPerson(t, other, s.officer), { ...part, topicIds: [...topicIds] });
  expect(await refusalOf(split([topics[1]?.id ?? ""]))).toEqual(["topic.notOfCase"]);
  const { splitOff: apart } = await split([]);
  expect(await open(await handled(apart.caseId))).toEqual([]);
  expect(await open(await handled(other))).toEqual(["mediation.never"]);
  // what its officer reads at the desk before he presses
  const seen = (await readCase(t.kernel, s.officer, splitOff.caseId)).acts.find((one) => one.act === "openMediation");
  expect(seen?.refusals.map((one) => one.code)).toEqual(["mediation.never"]);
});

test("a petition registered with violence or harassment is sensitive at once, like one where it comes out later", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const [violence] = await rows<{ id: string }>(t, "select id from kernel.topics where code = 'violence'");
  const registered = async (topicIds: readonly string[], more = {}) => {
    const id = await file(t);
    await register(t, s, id, { topicIds: [...topicIds], ...more });
    const [found] = await rows(
      t,
      `select c.confidentiality as level, (l.body::jsonb #> '{facts,confidentiality}')::int as told, l.body::jsonb #> '{facts,themes}' as themes,
          (select max(a.conf) from kernel.case_audience a where a.case_id = c.id and a.depth >= 0)::int as seen
         from kernel.cases c join kernel.ledger l on l.stream = c.id and l.type = 'case.registered' where c.id = $1`,
      [id],
    );
    return found;
  };
  expect(await registered([])).toEqual({ level: 1, told: 1, seen: 1, themes: ["pay"] });
  // nothing is looked for in what is sensitive
  expect(await registered([violence?.id ?? ""])).toEqual({ level: 2, told: 2, seen: 2, themes: [] });
  expect(await registered([], { confidentiality: 2 })).toEqual({ level: 2, told: 2, seen: 2, themes: [] });
}, 30_000);

test("violence that comes out later stops a mediation that runs; the mark is taken away by two people alone", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const second = await t.person("第二人", "first", [{ role: "officer", unit: "first" }]);
  const id = await inHandling(t, s);
  const [violence] = await rows<{ id: string }>(t, "select id from kernel.topics where code = 'violence'");
  const plain = t.kernel.newId();
  await t.database.pool.query(
    "insert into kernel.topics (id, code, name_zh, name_en) values ($1, 'leave', '休假', 'Leave')",
    [plain],
  );
  const mark = (topicId: string, by = s.handler) =>
    execute(t.kernel, markTopic, byPerson(t, id, by), { topicId, reason: "谈话中说起被打" });
  const open = () => refusalOf(execute(t.kernel, openMediation, byPerson(t, id, s.handler), consents));
  expect(await open()).toEqual([]);
  await execute(t.kernel, recordAgreement, byPerson(t, id, s.handler), {
    ...{ parties: "甲、乙", dispute: "借用手机", facts: "摔坏手机", responsibilities: "各半", terms: "各付一半" },
    ...{ mode: "一次付清", performance: null, mediator: "王五", signedOn: "2026-02-03", basis: "民法典" },
    withinDiscretion: true,
  } as never);

  expect(await refusalOf(mark(plain))).toEqual(["topic.notNever"]);
  expect(await refusalOf(mark(t.kernel.newId()))).toEqual(["topic.notNever"]);
  expect(await refusalOf(mark(violence?.id ?? "", s.signer))).toEqual(["forbidden"]);
  await mark(violence?.id ?? "");
  expect(await refusalOf(mark(violence?.id ?? ""))).toEqual(["topic.known"]);

  expect(await marksOf(t, id)).toEqual([]);
  expect(await clock(t, id, "K18")).toMatchObject({ state: "stopped" });
  expect(await clock(t, id, "K4")).toMatchObject({ state: "running" });
  expect(await open()).toEqual(["mediation.never"]);
  // what both sides had signed is answered to nobody
  expect(await rows(t, "select state from kernel.notices where case_id = $1 and code = 'D18'", [id])).toEqual([
    { state: "draft" },
  ]);
  const desk = await readCase(t.kernel, s.officer, id);
  expect(desk).toMatchObject({ confidentiality: 2, topics: [{ id: violence?.id, neverMediated: true }] });
  expect(desk.demands.map((one) => one.outcome)).toEqual([null]);
  expect(desk.thread.map((one) => [one.visibility, one.text])).toContainEqual(["internal", "谈话中说起被打"]);
  const own = await readPetitionerCase(t.kernel, id);
  expect(own.history.at(-1)?.text.en).toBe(
    "It was noted that your matter is never mediated: the unit handles it itself",
  );
  expect(JSON.stringify(own)).not.toMatch(/谈话中说起|Violence|暴力/);
  const written = await rows<{ payload: object; body: string }>(
    t,
    `select o.payload, l.body from kernel.outbox o join kernel.ledger l on l.stream = o.case_id and l.seq = o.seq
      where o.case_id = $1 and o.type = 'case.topicMarked'`,
    [id],
  );
  expect(written).toMatchObject([{ payload: { stopped: "mediation" } }]);
  expect(JSON.parse(written[0]?.body ?? "").facts).toMatchObject({ topic: violence?.id, stopped: true });
  expect(written[0]?.body).not.toContain("谈话中说起");

  const asked = { topicId: violence?.id ?? "", reason: "核实后与打人无关" };
  await execute(t.kernel, liftTopic.propose, byPerson(t, id, s.handler), asked);
  const [proposal] = await rows<{ id: string }>(t, "select id from kernel.proposals where case_id = $1", [id]);
  const confirm = (by: Actor) =>
    execute(t.kernel, liftTopic.confirm, byPerson(t, id, by), { proposalId: proposal?.id ?? "", reason: "" });
  expect(await refusalOf(confirm(s.handler))).toEqual(["forbidden"]);
  expect(await open()).toEqual(["mediation.never"]);
  await confirm(second);
  expect(await marksOf(t, id)).toEqual([]);
  expect(await open()).toEqual([]);
  expect((await readCase(t.kernel, s.officer, id)).topics).toEqual([]);
});

test("whoever proposes to take a mark away is not the one who takes it", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const [violence] = await rows<{ id: string }>(t, "select id from kernel.topics where code = 'violence'");
  const asked = { topicId: violence?.id ?? "", reason: "登记时记错" };
  await execute(t.kernel, markTopic, byPerson(t, id, s.officer), asked);
  const propose = () => execute(t.kernel, liftTopic.propose, byPerson(t, id, s.officer), asked);
  await propose();
  expect(await refusalOf(propose())).toEqual(["proposal.waiting"]);
  const [proposal] = await rows<{ id: string }>(t, "select id from kernel.proposals where case_id = $1", [id]);
  const confirming = execute(t.kernel, liftTopic.confirm, byPerson(t, id, s.officer), {
    ...{ proposalId: proposal?.id ?? "", reason: "" },
  });
  expect(await refusalOf(confirming)).toEqual(["proposal.samePerson"]);
});

test("a hearing is announced in time and holds the reply back until it is closed", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const call = (on: string) =>
    execute(t.kernel, callHearing, byPerson(t, id, s.officer), { ...hearing, hearingOn: on });
  expect(await refusalOf(call("2026-02-09"))).toEqual(["hearing.tooSoon"]);
  await call("2026-02-10");
  expect(await marksOf(t, id)).toEqual(["inHearing"]);

  await draft(t, s, id, "予以补发");
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId: await latestLetter(t, id, "D14") });
  const deliver = async () =>
    execute(t.kernel, deliverReply, byPerson(t, id, s.officer), {
      noticeId: await latestLetter(t, id, "D14"),
      method: "portal",
      receivedOn: null,
      proof: "",
    });
  expect(await refusalOf(deliver())).toEqual(["mark.set"]);
  await execute(t.kernel, closeHearing, byPerson(t, id, s.officer), { note: "听证合议：应当补发" });
  await deliver();
  // what was said there is in the file of the office, not in the petitioner's thread
  const said = (await readCase(t.kernel, s.officer, id)).thread.filter((m) => m.text.includes("听证合议"));
  expect(said.map((m) => m.visibility)).toEqual(["internal"]);
  expect((await readPetitionerCase(t.kernel, id)).thread).toEqual([]);
});

test("nobody who handles it, has a part in its reply, stands out or wrote it leads a hearing or sits on it", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const [id, own, closed] = [await inHandling(t, s), await inHandling(t, s), await inHandling(t, s)];
  const member = await t.person("听证员", "first", []);
  const chair = await t.person("主持人", "first", []);
  const call = (caseId: string, who: object) =>
    refusalOf(execute(t.kernel, callHearing, byPerson(t, caseId, s.officer), { ...hearing, ...who }));

  expect(await call(id, { chairId: s.handler.personId })).toEqual(["hearing.investigates"]);
  expect(await call(id, { chairId: chair.personId, panelIds: [s.handler.personId] })).toEqual(["hearing.investigates"]);
  expect(await call(id, { chairId: chair.personId, panelIds: [chair.personId] })).toEqual(["hearing.panelTwice"]);
  expect(await call(id, { panelIds: [t.kernel.newId()] })).toEqual(["person.notFound"]);
  await t.database.pool.query("update kernel.people set active = false where id = $1", [member.personId]);
  expect(await call(id, { panelIds: [member.personId] })).toEqual(["person.notFound"]);
  await t.database.pool.query("update kernel.people set active = true where id = $1", [member.personId]);
  // whoever has changed hands with another handler knows the matter as well
  await t.database.pool.query("update kernel.cases set handler_id = $2 where id = $1", [id, chair.personId]);
  expect(await call(id, { panelIds: [s.handler.personId] })).toEqual(["hearing.investigates"]);
  expect(await call(id, { chairId: chair.personId })).toEqual(["hearing.investigates"]);
  expect(await call(id, { chairId: s.signer.personId, panelIds: [member.personId] })).toEqual([]);
  const [called] = await rows<{ body: string }>(
    t,
    "select body from kernel.ledger where stream = $1 and type = 'hearing.called'",
    [id],
  );
  expect(JSON.parse(called?.body ?? "").facts).toMatchObject({ panel: 2, hearingOn: "2026-02-11", open: true });

  await declareRecusal(t.kernel, byPerson(t, own, s.signer), "与来信人是亲属");
  expect(await call(own, { chairId: s.signer.personId })).toEqual(["recusal.standsOut"]);
  await t.database.pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select $1, case_id, due, received, -1, conf, status, open, category, channel, holder
       from kernel.case_audience where case_id = $2 limit 1`,
    [personKey(t.kernel.keys, member.personId), closed],
  );
  expect(await call(closed, { panelIds: [member.personId] })).toEqual(["recusal.standsOut"]);
});

test("a hearing that nobody has ended is ended by rule a week after its day, and holds up no reply", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const [id, other] = [await inHandling(t, s), await inHandling(t, s)];
  await execute(t.kernel, callHearing, byPerson(t, id, s.officer), { ...hearing, hearingOn: "2026-02-13" });
  await execute(t.kernel, callHearing, byPerson(t, other, s.officer), { ...hearing, hearingOn: "2026-02-16" });
  t.clock.now = new Date("2026-02-20T08:00:00Z");
  expect(await endHearings(t.kernel)).toBe(0);
  t.clock.now = new Date("2026-02-20T17:00:00Z"); // a new day at the unit
  expect(await endHearings(t.kernel)).toBe(1);
  expect(await endHearings(t.kernel)).toBe(0);
  expect([await marksOf(t, id), await marksOf(t, other)]).toEqual([[], ["inHearing"]]);
  // called as the same entry of its own ledger as the first
  t.clock.now = new Date("2026-02-23T17:00:00Z");
  expect(await endHearings(t.kernel)).toBe(1);
  expect(await marksOf(t, other)).toEqual([]);
});
