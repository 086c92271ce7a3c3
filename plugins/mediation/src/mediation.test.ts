import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let mediator: Rpc;
let nobody: Rpc;
let own: Rpc;
let caseId = "";
let mediatorId = "";

/** What a call was refused with: the reason of the module's own words, else of the kernel, else the code. */
const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as {
      data?: { code: string; params: { reason?: string }; reasons?: readonly { readonly code: string }[] };
    };
    return data?.params.reason ?? data?.reasons?.[0]?.code ?? data?.code ?? error;
  }
};

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  mediator = host.as("mediator");
  nobody = host.as(null);
  await Promise.all([officer.roster.query(), mediator.mine.query()]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
  const [person] = await host.kernelSql("select id from kernel.people where name = 'mediator brigade'");
  mediatorId = String(person?.id);
  own = host.asPetitioner(caseId);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["mediations", "applications", "mediators"]) await host.sql(`delete from p_mediation.${table}`);
  for (const table of ["consents", "tasks", "notifications", "appointments", "messages", "case_topics"])
    await host.kernelSql(`delete from kernel.${table}`);
  await host.kernelSql("delete from kernel.notices where code = 'DM'");
  // Who has mediated stands out of the petition; each test begins without that.
  await host.kernelSql("delete from kernel.recusals");
  await host.kernelSql(
    "update kernel.cases set status = 'inHandling', category = 'claim', track = 'ordinary', flags = '{}'",
  );
});

const asked = (more: object = {}) => ({
  ...{ mediationId: randomUUID(), caseId, tier: 1, dispute: "借用手机摔坏，修理费如何分担", mediatorId },
  ...{ askedBy: "unit", found: [], ...more },
});
async function offered(more: object = {}) {
  const given = asked(more);
  const { code } = await officer.offer.mutate(given as never);
  return { mediationId: given.mediationId, code };
}
const petitioner = (state: "given" | "refused" | "withdrawn") =>
  host.kernelSql("update kernel.consents set state = $1, answered_at = now() where state in ('asked', 'given')", [
    state,
  ]);
async function running(more: object = {}) {
  const made = await offered(more);
  await petitioner("given");
  await nobody.answer.mutate({ code: made.code, answer: "yes" });
  await officer.begin.mutate({ mediationId: made.mediationId });
  return made;
}
const joint = (mediationId: string, more: object = {}) =>
  mediator.note.mutate({
    ...{ mediationId, talkId: randomUUID(), kind: "joint", heldOn: TODAY, words: "双方各让一步", ...more },
  } as never);
async function settled() {
  const made = await running();
  await joint(made.mediationId);
  await mediator.settle.mutate({ mediationId: made.mediationId, terms: "各付一半", performOn: "2026-06-30" });
  return made;
}
/** The visits' day has come. */
const visitsOn = (day: string) => host.sql("update p_mediation.visits set due_on = $1", [day]);
const first = async () => (await officer.ofCase.query({ caseId }))[0];
const marks = async () => (await host.kernelSql("select flags from kernel.cases"))[0]?.flags;
const tasks = async () =>
  (await host.kernelSql("select due_on::text as day, state from kernel.tasks order by due_on")).map(
    ({ day, state }) => `${day} ${state}`,
  );

test("it begins once both sides have consented, and the petition is marked; the mediator reads the dispute alone", async () => {
  const { mediationId, code } = await offered();
  expect(await first()).toMatchObject({ state: "offered", petitionerAnswer: "asked", otherAnswer: "asked" });
  expect(await mediator.mine.query()).toEqual([]);
  expect(await refused(mediator.one.query({ mediationId }))).toBe("notFound");
  expect(await refused(officer.begin.mutate({ mediationId }))).toBe("consents");
  await petitioner("given");
  expect(await refused(officer.begin.mutate({ mediationId }))).toBe("consents");
  await nobody.answer.mutate({ code: code.toLowerCase(), answer: "yes" });
  expect(await first()).toMatchObject({ mayBegin: true });
  await officer.begin.mutate({ mediationId });

  expect(await marks()).toEqual(["inMediation"]);
  expect(await first()).toMatchObject({ state: "running", untilOn: addDays(TODAY, 3), mayBegin: false });
  expect(await mediator.mine.query()).toEqual([
    { mediationId, tier: 1, dispute: "借用手机摔坏，修理费如何分担", state: "running", untilOn: addDays(TODAY, 3) },
  ]);
  expect(await refused(officer.begin.mutate({ mediationId }))).toBe("state");
  const [consent] = await host.kernelSql("select words from kernel.consents");
  expect(String(consent?.words)).toMatch(/自愿.*期限不停.*voluntary/su);
});

test("violence, harassment, a crime and fear are never mediated; one at a time", async () => {
  for (const found of ["violence", "harassment", "crime", "fear"])
    expect([found, await refused(offered({ found: [found] }))]).toEqual([found, "excluded"]);
  await offered();
  expect(await refused(offered())).toBe("state");
});

test("whatever its officer has found, nobody is asked about a petition whose topic is violence", async () => {
  await host.kernelSql(
    "insert into kernel.case_topics (case_id, topic_id) select $1, id from kernel.topics where code = 'violence'",
    [caseId],
  );
  expect(await refused(offered())).toBe("mediation.never");
  expect(await first()).toBeUndefined();
  expect(await host.kernelSql("select from kernel.consents")).toEqual([]);
});

/** As the kernel leaves it once somebody at the desk has marked a topic: the event comes after. */
async function marked(stopped: "mediation" | null) {
  await host.kernelSql(
    "insert into kernel.case_topics (case_id, topic_id) select $1, id from kernel.topics where code = 'violence'",
    [caseId],
  );
  await host.kernelSql("update kernel.cases set flags = '{}'");
  await host.events.emit("case.topicMarked", { stopped });
}
const letters = () => host.kernelSql("select state, facts from kernel.notices where code = 'DM'");

test("violence that comes out later ends what runs, with the other remedies; neither the other side nor the mediator reads why", async () => {
  const { mediationId, code } = await running();
  const startsAt = "2026-03-04T02:00:00.000Z";
  await mediator.meet.mutate({ mediationId, meetingId: randomUUID(), kind: "joint", startsAt, place: "活动室" });
  await marked("mediation");

  expect(await first()).toMatchObject({ state: "ended", endedBecause: "otherWay", mayBegin: false, mayEnd: false });
  const [letter, ...more] = await letters();
  expect([letter?.state, more]).toEqual(["draft", []]);
  for (const words of [/不作调解/, /打骂、骚扰.*法院起诉/, /never mediated/, /harasses.*a court/])
    expect(JSON.stringify(letter?.facts)).toMatch(words);
  expect(await refused(nobody.look.mutate({ code: "short" }))).toBe("code");
  const other = await nobody.look.mutate({ code });
  expect(other).toMatchObject({ state: "ended", may: [], meetings: [] });
  expect(other.remedies).toMatch(/起诉.*court/su);
  const led = await mediator.one.query({ mediationId });
  expect(led).toMatchObject({ state: "ended", meetings: [] });
  for (const seen of [other, led]) expect(JSON.stringify(seen)).not.toMatch(/打骂|骚扰|violence|harass|never/iu);
  const booked = await host.kernelSql("select cancelled_at is null as stands from kernel.appointments");
  expect(booked).toEqual([{ stands: false }]);
  const told = await host.kernelSql("select recipient, params->>'en' as en from kernel.notifications");
  const words = (mine: boolean) =>
    told.filter((one) => (one.recipient === mediatorId) === mine).map((one) => String(one.en));
  expect(words(true)).toContain("A mediation that you led has ended; its meetings are called off.");
  expect(words(true).join()).not.toMatch(/never/u);
  // told twice it does nothing more, and nothing begins anew
  await host.events.emit("case.topicMarked", { stopped: null });
  expect(await letters()).toHaveLength(1);
  expect(await refused(joint(mediationId))).toBe("state");
  // whoever has mediated stands out; without that it is the topic alone that holds it back
  await host.kernelSql("delete from kernel.recusals");
  await host.sql("delete from p_mediation.mediations");
  expect(await refused(offered())).toBe("mediation.never");
});

test("what was only offered ends without a letter, and what the petitioner has asked for is answered", async () => {
  await own.askFor.mutate({ applicationId: randomUUID(), caseId, dispute: "借用手机" });
  await marked(null);
  expect((await own.own.query({ caseId })).application).toMatchObject({
    state: "declined",
    answer: expect.stringMatching(/直接办理.*handles it itself/su),
  });
  await host.kernelSql("delete from kernel.case_topics");
  const { mediationId } = await offered();
  await marked(null);
  expect(await first()).toMatchObject({ mediationId, state: "ended", petitionerAnswer: "dropped" });
  expect(await letters()).toEqual([]);
});

test("after a clear refusal it is offered again only where that side asks for it", async () => {
  const { code } = await offered();
  await nobody.answer.mutate({ code, answer: "no" });
  const made = await first();
  expect(made).toMatchObject({ otherAnswer: "no", mayBegin: false, mayReplace: false });
  await officer.end.mutate({ mediationId: String(made?.mediationId), because: "otherWay", remedies: "可以起诉" });
  expect(await refused(offered())).toBe("refusedBefore");
  expect(await refused(offered({ askedBy: "petitioner" }))).toBe("refusedBefore");
  const { mediationId } = await offered({ askedBy: "other" });
  await petitioner("refused");
  expect(await first()).toMatchObject({ mayReplace: false });
  expect(await refused(officer.replaceMediator.mutate({ mediationId, mediatorId: randomUUID() }))).toBe(
    "refusedBefore",
  );
  await officer.end.mutate({ mediationId, because: "otherWay", remedies: "可以起诉" });
  expect(await refused(offered({ askedBy: "other" }))).toBe("refusedBefore");
});

test("the other side may wish another mediator: both are asked anew", async () => {
  const { mediationId, code } = await offered();
  await petitioner("given");
  await nobody.answer.mutate({ code, answer: "otherMediator" });
  expect(await refused(officer.replaceMediator.mutate({ mediationId, mediatorId }))).toBe("state");
  expect(await refused(officer.replaceMediator.mutate({ mediationId, mediatorId: randomUUID() }))).toBe("notMediator");
  await host.as("mediator", "first").mine.query();
  await host.kernelSql(
    "update kernel.role_grants set unit_id = $1 where person_id = (select id from kernel.people where name = 'mediator first')",
    [host.units.brigade.id],
  );
  const next = (await officer.roster.query()).find((one) => one.id !== mediatorId);
  await officer.replaceMediator.mutate({ mediationId, mediatorId: String(next?.id) });
  expect(await first()).toMatchObject({ petitionerAnswer: "asked", otherAnswer: "asked", mediatorName: next?.name });
  expect(await nobody.look.mutate({ code })).toMatchObject({
    mediatorName: next?.name,
    may: ["yes", "no", "otherMediator"],
  });
});

test("a mediator leads as many as the unit allows, and only one of the unit's", async () => {
  expect(await refused(offered({ mediatorId: randomUUID() }))).toBe("notMediator");
  await host.sql(
    `insert into p_mediation.mediations (id, case_id, path, tier, dispute, mediator_id, mediator_name, code_hash, state, offered_by, offered_at)
     values ($1, $1, '{}', 1, 'x', $2, 'x', '\\x00', 'running', $1, $3)`,
    [randomUUID(), mediatorId, NOW],
  );
  await host.enable("brigade", { mostOpen: 1 });
  expect((await officer.roster.query()).find((one) => one.id === mediatorId)).toMatchObject({ open: 1, free: false });
  expect(await refused(offered())).toBe("full");
  await host.enable("brigade", { mostOpen: 5 });
});

test("whoever takes part can leave at any time; the petition goes on", async () => {
  const { mediationId, code } = await running();
  await nobody.answer.mutate({ code, answer: "withdrawn" });
  expect(await refused(joint(mediationId))).toBe("state");
  await host.advance({ hours: 1 });
  const told = await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'");
  expect(told.map((one) => one.en)).toContain(
    "A side of the mediation has answered or left; see the petition's tab Mediation.",
  );
  await officer.end.mutate({ mediationId, because: "consentRevoked", remedies: "可以申请人民调解或者起诉" });
  expect(await marks()).toEqual([]);
  expect(await nobody.look.mutate({ code })).toMatchObject({
    state: "ended",
    remedies: "可以申请人民调解或者起诉",
    may: [],
  });
  expect(await refused(officer.end.mutate({ mediationId, because: "otherWay", remedies: "再来一次" }))).toBe("state");
  const endedOn = () => host.sql("select ended_on::text as day from p_mediation.mediations");
  expect(await endedOn()).toEqual([{ day: TODAY }]);

  await host.kernelSql("delete from kernel.recusals");
  await host.sql("delete from p_mediation.mediations");
  const again = await running();
  await host.events.emit("mediation.closed");
  expect(await first()).toMatchObject({
    mediationId: again.mediationId,
    state: "ended",
    endedBecause: "consentRevoked",
  });
  expect(await endedOn()).toEqual([{ day: TODAY }]);
});

test("a petitioner who takes his consent back stops the mediator at once", async () => {
  const { mediationId } = await running();
  await host.events.emit("consent.withdrawn", { module: "another" });
  await joint(mediationId);
  await host.events.emit("consent.withdrawn", { module: "mediation" });
  expect(await refused(joint(mediationId))).toBe("state");
  expect(await refused(mediator.settle.mutate({ mediationId, terms: "各付一半", performOn: "2026-03-09" }))).toBe(
    "state",
  );
  expect(await mediator.one.query({ mediationId })).toMatchObject({ state: "running", left: true });
});

test("an agreement comes out of a joint talk; what was said stays with the mediator", async () => {
  const { mediationId, code } = await running();
  const settle = (performOn: string) => mediator.settle.mutate({ mediationId, terms: "各付一半", performOn });
  await joint(mediationId, { kind: "separate", words: "甲方不愿多付" });
  expect(await refused(settle("2026-03-09"))).toBe("joint");
  expect(await refused(joint(mediationId, { heldOn: addDays(TODAY, 1) }))).toBe("heldOn");
  await joint(mediationId);
  expect(await refused(settle("2026-03-01"))).toBe("performOn");
  await settle("2026-03-09");

  expect((await mediator.one.query({ mediationId })).talks.map((one) => one.kind).toSorted()).toEqual([
    "joint",
    "separate",
  ]);
  const shown = await first();
  expect(shown).toMatchObject({ state: "settled", terms: "各付一半", talks: 2 });
  expect(JSON.stringify(shown)).not.toContain("甲方不愿多付");
  expect(shown?.visits.map((one) => one.dueOn)).toEqual([7, 30, 90].map((days) => addDays(TODAY, days)));
  const other = await nobody.look.mutate({ code });
  expect(other).toMatchObject({ terms: "各付一半", courtUntil: addDays(TODAY, 30), may: [] });
  expect(JSON.stringify(other)).not.toContain("甲方不愿多付");
  expect(await refused(settle("2026-03-09"))).toBe("state");
  expect(await refused(joint(mediationId))).toBe("state");
});

test("visits are tasks; a kept agreement ends with the last, a broken one can be mediated anew", async () => {
  await settled();
  await host.advance({ days: 1 });
  expect(await tasks()).toEqual([7, 30, 90].map((days) => `${addDays(TODAY, days)} open`));
  const [early, ...later] = (await first())?.visits ?? [];
  const visitId = String(early?.visitId);
  const [task] = await host.kernelSql("select id from kernel.tasks order by due_on");
  await host.kernelSql(
    "update kernel.tasks set state = 'done', ended_by = person_id, ended_at = made_at where id = $1",
    [task?.id],
  );
  await host.events.emit("task.ended", { task: String(task?.id) });
  await host.advance({ days: 1 });
  expect((await tasks()).filter((one) => one.endsWith("open"))).toHaveLength(3);

  const kept = (id: string, words: string) => officer.visited.mutate({ visitId: id, kept: true, words });
  expect((await first())?.visits.map((one) => [one.mayAnswer, one.mayBreak])).toEqual(Array(3).fill([false, true]));
  expect(await refused(kept(visitId, "第一天就答"))).toBe("visitDay");
  await visitsOn("2026-03-02");
  await kept(visitId, "已付三百元");
  expect(await refused(kept(visitId, "再答一次"))).toBe("state");
  for (const one of later) await kept(one.visitId, "已付清");
  expect(await first()).toMatchObject({ state: "kept" });

  await host.sql("delete from p_mediation.mediations");
  await host.kernelSql("delete from kernel.consents");
  await host.kernelSql("delete from kernel.recusals");
  await host.kernelSql("update kernel.cases set flags = '{}'");
  await settled();
  const broken = (await first())?.visits[0];
  await officer.visited.mutate({ visitId: String(broken?.visitId), kept: false, words: "到期未付" });
  expect(await first()).toMatchObject({ state: "broken", visits: [{ kept: false, words: "到期未付" }] });
  // with somebody new: whoever mediated it before stands out of the petition
  expect(await refused(offered())).toBe("mediatedBefore");
});

test("a broken agreement leaves no visit's task behind, not with somebody else either", async () => {
  const { mediationId } = await settled();
  await host.advance({ days: 1 });
  const [own, ...others] = await host.kernelSql("select id from kernel.tasks order by due_on");
  await host.kernelSql(
    `update kernel.tasks set (person_id, made_by) = (select id, id from kernel.people where name = 'mediator brigade')
      where id = any($1)`,
    [others.map((one) => one.id)],
  );
  const visitId = String((await first())?.visits[0]?.visitId);
  await officer.visited.mutate({ visitId, kept: false, words: "到期未付" });
  const states = async () => await host.kernelSql("select state, ended_by from kernel.tasks order by due_on");
  const [mine] = await host.kernelSql("select person_id from kernel.tasks where id = $1", [own?.id]);
  expect(await states()).toMatchObject([
    { state: "done", ended_by: mine?.person_id },
    { state: "open" },
    { state: "open" },
  ]);
  await host.advance({ days: 1 });
  expect((await states()).map((one) => one.state)).toEqual(["done", "dropped", "dropped"]);
  expect(await host.sql("select from p_mediation.needless_tasks where mediation_id = $1", [mediationId])).toEqual([]);
});

test("nobody is asked where no mediation could begin, and once it is entered nothing is left to enter", async () => {
  const may = () => officer.mayOffer.query({ caseId });
  for (const status of ["registered", "replied", "review", "final"]) {
    await host.kernelSql("update kernel.cases set status = $1", [status]);
    expect([status, await may(), await refused(offered())]).toEqual([status, false, "notNow"]);
  }
  await host.kernelSql("update kernel.cases set status = 'inHandling'");
  expect(await may()).toBe(true);
  expect(await host.as("officer", "second").mayOffer.query({ caseId })).toBe(false);
  await settled();
  expect([await may(), (await first())?.toRecord]).toEqual([false, true]);
  await host.kernelSql("update kernel.cases set flags = '{}'");
  expect(await first()).toMatchObject({ state: "settled", toRecord: false });
});

test("a lost code is replaced, and the old one opens nothing", async () => {
  const { mediationId, code } = await offered();
  const next = await officer.replaceCode.mutate({ mediationId });
  expect(await refused(nobody.look.mutate({ code }))).toBe("code");
  expect(await nobody.look.mutate({ code: next.code })).toMatchObject({ state: "offered", days: 3 });
  expect(await refused(nobody.answer.mutate({ code: next.code, answer: "withdrawn" }))).toBe("state");
  await officer.end.mutate({ mediationId, because: "otherWay", remedies: "可以起诉" });
  expect(await refused(officer.replaceCode.mutate({ mediationId }))).toBe("state");
});

test("nobody without a part in it reads or does anything", async () => {
  const { mediationId } = await running();
  expect(await refused(host.as("mediator", "second").one.query({ mediationId }))).toBe("notFound");
  for (const role of ["petitioner", "mediator", "unitAdmin", "supervisor"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  expect(await refused(officer.mine.query())).toBe("forbidden");
  expect(await refused(host.as("signer").begin.mutate({ mediationId }))).toBe("forbidden");
  expect(await host.as("signer").ofCase.query({ caseId })).toMatchObject([{ mayEnd: false, mayRenewCode: false }]);
  expect(await refused(nobody.ofCase.query({ caseId }))).toBe("unauthorized");
  const elsewhere = host.as("officer", "second");
  expect(await elsewhere.ofCase.query({ caseId })).toEqual([]);
  expect(await refused(elsewhere.end.mutate({ mediationId, because: "otherWay", remedies: "起诉" }))).toBe("notFound");
  expect(await refused(elsewhere.offer.mutate(asked() as never))).toBe("notFound");
  expect(await refused(host.as("officer", "brigade", "first").offer.mutate(asked() as never))).toBe("elsewhere");
});

test("an accusation is not mediated, what becomes one leaves nothing, and a destroyed file takes it along", async () => {
  await host.kernelSql("update kernel.cases set category = 'accusation', track = 'accusation'");
  expect(await refused(offered())).toBe("notFound");
  await host.kernelSql("update kernel.cases set category = 'claim', track = 'ordinary'");
  await offered();
  await host.kernelSql("update kernel.cases set confidentiality = 3");
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_mediation.mediations")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1");
  await host.kernelSql("delete from kernel.consents");
  await offered();
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_mediation.mediations")).toEqual([]);
});

const application = (more: object = {}) => ({
  ...{ applicationId: randomUUID(), caseId, dispute: "手机维修费怎么分担", ...more },
});
const news = async () =>
  (await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'")).map(({ en }) =>
    String(en),
  );

test("the petitioner asks for it himself; whoever handles it offers it in his name, or says why not", async () => {
  expect(await own.own.query({ caseId })).toEqual({
    ...{ timeZone: "Asia/Shanghai", mayAsk: true, application: null, mediation: null },
  });
  const asking = application();
  await own.askFor.mutate(asking);
  await own.askFor.mutate(asking);
  expect(await refused(own.askFor.mutate(application()))).toBe("applied");
  expect(await host.as("signer").application.query({ caseId })).toMatchObject({ mayAnswer: false });
  expect(await host.as("officer", "second").application.query({ caseId })).toBeNull();
  expect(await officer.application.query({ caseId })).toMatchObject({ dispute: asking.dispute, mayAnswer: true });
  await host.advance({ hours: 1 });
  expect(await news()).toEqual(["The petitioner asks for mediation; see the petition's tab Mediation."]);

  const { applicationId } = asking;
  const answer = "对方已经调离，请走民事途径";
  expect(await refused(host.as("officer", "second").decline.mutate({ applicationId, answer }))).toBe("notFound");
  await officer.decline.mutate({ applicationId, answer });
  expect(await refused(officer.decline.mutate({ applicationId, answer }))).toBe("state");
  expect(await own.own.query({ caseId })).toMatchObject({ mayAsk: true, application: { state: "declined", answer } });

  await own.askFor.mutate(application());
  await offered({ askedBy: "petitioner" });
  expect(await officer.application.query({ caseId })).toBeNull();
  expect(await own.own.query({ caseId })).toMatchObject({ mayAsk: false, application: { state: "taken" } });
  expect(await refused(own.askFor.mutate(application()))).toBe("state");
});

test("nobody asks for a petition that is not his, where no mediation could begin, or that is an accusation", async () => {
  expect(await refused(nobody.askFor.mutate(application()))).toBe("notFound");
  expect(await refused(officer.askFor.mutate(application()))).toBe("notFound");
  expect(await refused(nobody.own.query({ caseId }))).toBe("notFound");
  for (const state of ["registered", "replied", "review", "final", "diverted", "withdrawn"]) {
    await host.kernelSql("update kernel.cases set status = $1", [state]);
    const { mayAsk } = await own.own.query({ caseId });
    expect([state, mayAsk, await refused(own.askFor.mutate(application()))]).toEqual([state, false, "askNow"]);
  }
  await host.kernelSql("update kernel.cases set status = 'inHandling', category = 'accusation', track = 'accusation'");
  expect(await refused(own.askFor.mutate(application()))).toBe("notFound");
});

test("before it begins the petitioner wishes another mediator, and both are asked anew", async () => {
  expect(await refused(own.wishAnother.mutate({ caseId }))).toBe("state");
  const { mediationId } = await offered();
  expect(await own.own.query({ caseId })).toMatchObject({ mediation: { mayWish: true, wished: false } });
  await own.wishAnother.mutate({ caseId });
  await own.wishAnother.mutate({ caseId });
  expect(await refused(nobody.wishAnother.mutate({ caseId }))).toBe("notFound");
  expect(await first()).toMatchObject({ petitionerWish: true, mayReplace: true, mayBegin: false });
  await host.advance({ hours: 1 });
  expect(await news()).toHaveLength(1);
  const next = (await officer.roster.query()).find((one) => one.id !== mediatorId);
  await officer.replaceMediator.mutate({ mediationId, mediatorId: String(next?.id) });
  expect(await own.own.query({ caseId })).toMatchObject({
    mediation: { mayWish: true, wished: false, mediatorName: next?.name },
  });
});

test("a mediation does not begin while the petitioner wishes another mediator", async () => {
  const { mediationId, code } = await offered();
  await petitioner("given");
  await nobody.answer.mutate({ code, answer: "yes" });
  await own.wishAnother.mutate({ caseId });
  expect(await first()).toMatchObject({ mayBegin: false });
  expect(await refused(officer.begin.mutate({ mediationId }))).toBe("consents");
});

test("a meeting is booked in the mediator's time, told to the petitioner and read by the other side", async () => {
  const { mediationId, code } = await running();
  const untilOn = String((await first())?.untilOn);
  const startsAt = `${addDays(untilOn, -1)}T06:00:00.000Z`;
  const meeting = { mediationId, meetingId: randomUUID(), kind: "joint" as const, startsAt, place: "连队谈心室" };
  const other = (more: object) => mediator.meet.mutate({ ...meeting, meetingId: randomUUID(), ...more });
  expect(await refused(other({ startsAt: NOW }))).toBe("startsAt");
  expect(await refused(other({ startsAt: `${addDays(untilOn, 1)}T06:00:00.000Z` }))).toBe("startsAt");
  expect(await refused(host.as("mediator", "second").meet.mutate(meeting))).toBe("notFound");
  expect(await refused(mediator.meet.mutate(meeting))).toBe("done");
  expect(await refused(mediator.meet.mutate(meeting))).toBe("done");
  expect(await refused(other({}))).toBe("taken");
  const shown = [{ meetingId: meeting.meetingId, kind: "joint", place: "连队谈心室" }];
  expect((await mediator.one.query({ mediationId })).meetings).toMatchObject(shown);
  expect((await nobody.look.mutate({ code })).meetings).toMatchObject(shown);
  expect((await own.own.query({ caseId })).mediation?.meetings).toMatchObject(shown);

  const told = () => host.kernelSql("select text from kernel.messages where visibility = 'petitioner'");
  await host.advance({ hours: 1 });
  await host.advance({ hours: 1 });
  expect(await told()).toHaveLength(1);
  await mediator.callOff.mutate({ meetingId: meeting.meetingId });
  expect(await refused(mediator.callOff.mutate({ meetingId: meeting.meetingId }))).toBe("state");
  await host.advance({ hours: 1 });
  expect(await told()).toHaveLength(2);
  expect((await nobody.look.mutate({ code })).meetings).toEqual([]);
  await other({});
});

test("a meeting that was broken off after its hour was booked is set to its end, and two presses book one hour", async () => {
  const { mediationId } = await running();
  const startsAt = `${addDays(String((await first())?.untilOn), -1)}T06:00:00.000Z`;
  const at = (meetingId: string) => ({ mediationId, meetingId, kind: "joint" as const, startsAt, place: "连队谈心室" });
  const [meetingId, other] = [randomUUID(), randomUUID()];
  const hours = () => host.kernelSql("select id from kernel.appointments");
  const begun = () => host.sql("select id from p_mediation.begun_meetings");
  const presses = [at(meetingId), at(meetingId), at(other)].map((one) => refused(mediator.meet.mutate(one)));
  const said = await Promise.all(presses);
  expect(said.slice(0, 2)).toEqual(said[0] === "done" ? ["done", "done"] : ["taken", "taken"]);
  expect(said[2]).toBe(said[0] === "done" ? "taken" : "done");
  expect([await hours(), await begun()]).toEqual([[{ id: expect.any(String) }], []]);

  // as a kill leaves it: the hour is booked, the meeting is not written
  const breakOff = async (id: string, on: string) => {
    await host.sql("delete from p_mediation.meetings");
    await host.sql(
      `insert into p_mediation.begun_meetings (id, mediation_id, unit_id, kind, starts_at, place, begun_at)
         select $1, $2, path[1], 'joint', $3, '连队谈心室', $4 from p_mediation.mediations where id = $2`,
      [id, mediationId, on, NOW],
    );
    await host.advance({ hours: 1 });
  };
  const set = async () => (await mediator.one.query({ mediationId })).meetings.map((one) => one.meetingId);
  const booked = said[0] === "done" ? meetingId : other;
  await breakOff(booked, startsAt);
  expect([await set(), await hours(), await begun()]).toEqual([[booked], [{ id: expect.any(String) }], []]);
  // never booked, and somebody else has the hour by now
  await breakOff(randomUUID(), startsAt);
  expect([await set(), await begun()]).toEqual([[], []]);
});

test("what has begun and ends without an agreement ends with a letter put before whoever signs", async () => {
  const letters = () => host.kernelSql("select state from kernel.notices where code = 'DM'");
  const { mediationId } = await offered();
  await officer.end.mutate({ mediationId, because: "otherWay", remedies: "可以起诉" });
  expect(await letters()).toEqual([]);
  const begun = await running({ askedBy: "petitioner" });
  await officer.end.mutate({ mediationId: begun.mediationId, because: "noAgreement", remedies: "可以申请仲裁" });
  expect(await letters()).toEqual([{ state: "draft" }]);
});

test("the roster says who mediates where, and until when", async () => {
  const head = host.as("officeHead");
  const entry = {
    ...{ personId: mediatorId, tiers: [2, 2, 1] as (1 | 2)[], languages: "普通话、维吾尔语", topics: "债务、邻里" },
    ...{ trainedOn: "2025-09-01", termUntil: "2028-08-31" },
  };
  expect(await refused(officer.enter.mutate(entry))).toBe("forbidden");
  expect(await refused(head.enter.mutate({ ...entry, personId: randomUUID() }))).toBe("notMediator");
  expect(await refused(head.enter.mutate({ ...entry, termUntil: "2030-01-01" }))).toBe("termTooLong");
  await head.enter.mutate(entry);
  const one = async () => (await officer.roster.query()).find(({ id }) => id === mediatorId);
  expect(await one()).toMatchObject({ tiers: [1, 2], languages: "普通话、维吾尔语", free: true, rated: null });
  expect(await refused(offered({ tier: 3 }))).toBe("tier");
  await head.enter.mutate({ ...entry, termUntil: "2026-03-01" });
  expect(await one()).toMatchObject({ free: false, isOver: true });
  expect(await refused(offered())).toBe("term");
  expect(await refused(host.as("officeHead", "second").enter.mutate(entry))).toBe("notMediator");

  const { company, first, second, brigade } = host.units;
  const under = ({ id }: typeof first) =>
    host.kernelSql("update kernel.units set parent_id = $2, path = array[$3::uuid, $2::uuid, $1::uuid] where id = $1", [
      ...[company.id, id, brigade.id],
    ]);
  await host.sql("delete from p_mediation.mediators");
  await host.as("officeHead", "company").enter.mutate(entry);
  await under(second);
  expect(await refused(host.as("officeHead", "first").enter.mutate(entry))).toBe("notMediator");
  expect(await refused(host.as("officeHead", "second").enter.mutate(entry))).toBe("done");
  await under(first);
});

test("each side rates it once it is over; a mean is read from five on, by whoever keeps the roster", async () => {
  const { mediationId, code } = await running();
  expect(await refused(own.rateOwn.mutate({ caseId, mediationId, score: 5 }))).toBe("tooEarly");
  expect(await nobody.look.mutate({ code })).toMatchObject({ mayRate: false });
  await officer.end.mutate({ mediationId, because: "noAgreement", remedies: "可以起诉" });
  expect(await own.own.query({ caseId })).toMatchObject({ mediation: { mayRate: true } });
  await own.rateOwn.mutate({ caseId, mediationId, score: 5 });
  expect(await refused(own.rateOwn.mutate({ caseId, mediationId, score: 1 }))).toBe("state");
  expect(await refused(nobody.rateOwn.mutate({ caseId, mediationId, score: 1 }))).toBe("notFound");
  await nobody.rateByCode.mutate({ code, score: 4 });
  expect(await refused(nobody.rateByCode.mutate({ code, score: 4 }))).toBe("state");
  expect(await nobody.look.mutate({ code })).toMatchObject({ mayRate: false });

  const head = host.as("officeHead");
  const rated = async () => (await head.keptRoster.query()).find(({ id }) => id === mediatorId)?.rated;
  const more = (count: number) =>
    host.sql(
      `with made as (
         insert into p_mediation.mediations (id, case_id, path, tier, dispute, mediator_id, mediator_name, code_hash, state, offered_by, offered_at, until_on)
         select gen_random_uuid(), gen_random_uuid(), '{}', 1, 'x', $1, 'x', uuid_send(gen_random_uuid()), 'kept', $1, $2, '2026-03-05'
         from generate_series(1, $3) returning id)
       insert into p_mediation.ratings select id, 'other', 3 from made`,
      [mediatorId, NOW, count],
    );
  await more(2);
  expect(await rated()).toBeNull();
  await more(1);
  expect(await rated()).toEqual({ mean: 3.6, ratings: 5 });
  expect((await officer.roster.query()).every((one) => one.rated === null)).toBe(true);
});

test("what was asked for goes with the petition", async () => {
  await own.askFor.mutate(application());
  await host.kernelSql("update kernel.cases set confidentiality = 3");
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_mediation.applications")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1");
  await own.askFor.mutate(application());
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_mediation.applications")).toEqual([]);
});

const taskStates = async () => (await tasks()).map((one) => one.slice(11));

test("an agreement that nobody has answered yet falls, with its visits and their tasks; one that was answered stands", async () => {
  await settled();
  await host.advance({ days: 1 });
  await marked(null);
  expect(await first()).toMatchObject({ state: "settled" });
  expect(await taskStates()).toEqual(["open", "open", "open"]);
  await host.kernelSql("delete from kernel.case_topics");
  await marked("mediation");
  expect(await first()).toMatchObject({ state: "ended", visits: [] });
  await host.advance({ days: 1 });
  expect(await taskStates()).toEqual(["dropped", "dropped", "dropped"]);
});

test("where the petition goes to another unit, its people make the visits, and nobody else does any more", async () => {
  await settled();
  await host.advance({ days: 1 });
  // as it stands where it came from: conducted by a unit that holds it no more
  const [elsewhere] = await host.kernelSql("select id from kernel.units where parent_id is not null limit 1");
  await host.sql("update p_mediation.mediations set path = array[$1::uuid]", [elsewhere?.id]);
  await host.events.emit("case.returned");
  expect(await taskStates()).toEqual(["dropped", "dropped", "dropped"]);
  await host.advance({ days: 1 });
  expect((await taskStates()).toSorted()).toEqual(["dropped", "dropped", "dropped", "open", "open", "open"]);
});

test("both sides and the desk read until when a court may confirm the agreement, and the petitioner is reminded once", async () => {
  const { code } = await settled();
  const today = String((await first())?.settledOn);
  const until = async () => [
    (await nobody.look.mutate({ code })).courtUntil,
    (await own.own.query({ caseId })).mediation?.courtUntil,
    (await first())?.courtUntil,
  ];
  expect(await until()).toEqual(Array(3).fill(addDays(today, 30)));
  const agreed = (daysAgo: number) =>
    host.sql("update p_mediation.mediations set settled_on = $1, court_told = false", [addDays(today, -daysAgo)]);
  const reminders = async () => {
    await host.advance({ days: 1 });
    return (await host.kernelSql("select text from kernel.messages where visibility = 'petitioner'")).length;
  };
  await agreed(18);
  expect(await reminders()).toBe(0);
  expect(await reminders()).toBe(1);
  expect(await reminders()).toBe(1);
  // over
  await agreed(30);
  expect(await until()).toEqual([null, null, null]);
  expect(await reminders()).toBe(1);
});

test("a breach suggests that a petition which has ended is taken up again, and nothing where it still runs", async () => {
  const suggested = () => host.kernelSql("select act, state from kernel.proposals where act like '%reopen%'");
  const breach = async () => {
    const visitId = String((await first())?.visits[0]?.visitId);
    await officer.visited.mutate({ visitId, kept: false, words: "到期未付" });
    expect(await first()).toMatchObject({ state: "broken" });
  };
  await settled();
  expect(await marks()).toContain("inMediation");
  await breach();
  expect(await suggested()).toEqual([]);
  // the mark of the one that failed holds no further one back
  expect(await marks()).not.toContain("inMediation");

  for (const table of ["consents", "recusals"]) await host.kernelSql(`delete from kernel.${table}`);
  await host.sql("delete from p_mediation.mediations");
  await host.kernelSql("update kernel.cases set flags = '{}'");
  await settled();
  await host.kernelSql("update kernel.cases set status = 'final'");
  await breach();
  expect(await suggested()).toMatchObject([{ state: "open" }]);
  await host.kernelSql("delete from kernel.proposals");
});
