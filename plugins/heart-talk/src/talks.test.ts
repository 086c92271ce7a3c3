import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
const at = (day: string): string => `${day}T09:00:00.000Z`;
const soon = { startsAt: at("2026-03-03"), place: "连部会议室" };
const note = { needs: ["父亲住院，想请几天假"], promises: [{ words: "帮他把假报上去", dueOn: "2026-03-05" }] };

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let talker: Rpc;
let other: Rpc;
let soldier: Rpc;
let ids: { readonly soldier: string; readonly talker: string; readonly other: string; readonly outside: string };

const nameOf = async (name: string): Promise<string> => {
  const [found] = await host.kernelSql("select id from kernel.people where name = $1", [name]);
  return String(found?.id);
};
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
const told = async (personId: string) =>
  (
    await host.kernelSql(
      "select params->>'en' as en from kernel.notifications where recipient = $1 and kind = 'module' order by at, id",
      [personId],
    )
  ).map((row) => row.en);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  talker = host.as("talkOfficer", "first");
  other = host.as("talkOfficer", "brigade", "first");
  soldier = host.as("petitioner", "company", "first");
  // each is made when he first calls
  const outside = host.as("petitioner", "second");
  for (const one of [talker, other, soldier, outside]) await one.mine.query();
  ids = {
    soldier: await nameOf("petitioner company"),
    talker: await nameOf("talkOfficer first"),
    other: await nameOf("talkOfficer brigade"),
    outside: await nameOf("petitioner second"),
  };
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host
    .sql("truncate p_heart_talk.talks, p_heart_talk.promises, p_heart_talk.circle, p_heart_talk.samples")
    .catch(async () => {
      for (const table of ["talks", "promises", "circle", "samples"])
        await host.sql(`delete from p_heart_talk.${table}`);
    });
  await host.kernelSql("delete from kernel.notifications");
});

const offered = async (more: object = {}): Promise<string> =>
  (await talker.offer.mutate({ personId: ids.soldier, occasion: "leave", ...soon, ...more })).talkId;
const noted = async (): Promise<string> => {
  const talkId = await offered();
  await talker.held.mutate({ talkId, heldOn: TODAY, ...note });
  return talkId;
};
const settled = async () => {
  const talkId = await noted();
  await soldier.agree.mutate({ talkId, noteNo: 1 });
  const view = await soldier.one.query({ talkId });
  return { talkId, promiseId: view?.promises[0]?.promiseId ?? "" };
};

test("a talk is offered, accepted, held, noted, agreed on, and its promise kept: each is told once", async () => {
  const talkId = await offered();
  expect(await soldier.one.query({ talkId })).toMatchObject({
    ...{ side: "person", with: "talkOfficer first", state: "offered", place: soon.place, dueOn: addDays(TODAY, 3) },
  });
  await soldier.answer.mutate({ talkId, accept: true });
  await talker.held.mutate({ talkId, heldOn: TODAY, ...note });
  await soldier.agree.mutate({ talkId, noteNo: 1 });
  expect(await talker.one.query({ talkId })).toMatchObject({
    state: "settled",
    with: "petitioner company",
    iAgree: true,
  });

  await host.advance({ minutes: 16 });
  const tasks = await host.kernelSql("select person_id, text, due_on::text, state from kernel.tasks");
  expect(tasks).toMatchObject([{ person_id: ids.talker, due_on: "2026-03-05", state: "open" }]);
  expect(tasks[0]?.text).not.toContain("假");

  const [promise] = (await talker.one.query({ talkId }))?.promises ?? [];
  await talker.promiseDone.mutate({ promiseId: promise?.promiseId ?? "" });
  expect(await host.kernelSql("select state from kernel.tasks")).toEqual([{ state: "done" }]);
  await soldier.confirm.mutate({ promiseId: promise?.promiseId ?? "", kept: true });
  expect((await soldier.one.query({ talkId }))?.promises).toMatchObject([{ state: "kept" }]);

  expect((await told(ids.soldier)).length).toBe(3);
  expect((await told(ids.talker)).length).toBe(1);
});

test("a promise that was not kept is open again, and a task again", async () => {
  await host.kernelSql("delete from kernel.tasks");
  const { promiseId } = await settled();
  await talker.promiseDone.mutate({ promiseId });
  await soldier.confirm.mutate({ promiseId, kept: false });

  expect(await told(ids.talker)).toContain("A promise from a talk was not kept, says the other.");
  await host.advance({ minutes: 16 });
  expect(await host.kernelSql("select state from kernel.tasks")).toEqual([{ state: "open" }]);
  expect(await refused(soldier.confirm.mutate({ promiseId, kept: true }))).toBe("state");
  expect(await refused(soldier.promiseDone.mutate({ promiseId }))).toBe("forbidden");
  expect(await refused(other.promiseDone.mutate({ promiseId }))).toBe("notFound");
});

test("nobody but the two learns that there is a talk, and none of them takes the other's part", async () => {
  const talkId = await offered();

  expect(await refused(other.one.query({ talkId }))).toBe("notFound");
  expect(await refused(host.as("unitAdmin", "first").one.query({ talkId }))).toBe("notFound");
  expect((await other.work.query()).talks).toEqual([]);
  expect((await other.mine.query()).talks).toEqual([]);
  for (const path of ["work", "people"] as const)
    expect(await refused(soldier[path].query({ q: "" } as never))).toBe("forbidden");
  expect(await refused(talker.answer.mutate({ talkId, accept: true }))).toBe("notFound");
  expect(await refused(other.arrange.mutate({ talkId, ...soon }))).toBe("notFound");
  expect(await refused(other.agree.mutate({ talkId, noteNo: 0 }))).toBe("notFound");
  expect(await refused(host.as(null).mine.query())).toBe("unauthorized");
});

test("whoever asks chooses by what a talk officer says of himself, or leaves it to whoever has the fewest talks", async () => {
  await talker.introduce.mutate({ words: "指导员" });
  await talker.introduce.mutate({ words: "军医" });
  expect(await talker.introduction.query()).toEqual({ words: "军医" });
  expect(await refused(soldier.introduce.mutate({ words: "我" }))).toBe("forbidden");
  const chosen = async () => (await soldier.mine.query()).talkers.map((one) => [one.id === ids.talker, one.words]);
  expect(await chosen()).toEqual([
    [true, "军医"],
    [false, ""],
  ]);
  await talker.introduce.mutate({ words: "" });
  expect(await chosen()).toContainEqual([true, ""]);

  const anybody = { talkerId: null, occasion: "wish", wish: "想聊聊", wishTime: "周三晚上", byPhone: false } as const;
  // the nearest of two who are equally free, then the other
  const first = await soldier.ask.mutate(anybody);
  expect(await talker.one.query(first)).toMatchObject({ state: "asked", wishTime: "周三晚上" });
  const second = await soldier.ask.mutate(anybody);
  expect(await other.one.query(second)).toMatchObject({ state: "asked" });
  expect(await refused(soldier.ask.mutate(anybody))).toBe("open");
});

test("one declines once without a reason; after that another talker may be chosen, and a talk held makes it once again", async () => {
  const first = await offered();
  await soldier.answer.mutate({ talkId: first, accept: false });
  expect(await told(ids.talker)).toEqual(["A talk you offered was answered."]);
  const second = await offered();
  expect(await refused(soldier.answer.mutate({ talkId: second, accept: false }))).toBe("declinedOnce");

  const { talkers } = await soldier.mine.query();
  expect(talkers.map((one) => one.name)).toEqual(["talkOfficer first", "talkOfficer brigade"]);
  expect(await refused(soldier.choose.mutate({ talkId: second, talkerId: ids.outside }))).toBe("person");
  await soldier.choose.mutate({ talkId: second, talkerId: ids.other });
  expect(await refused(talker.one.query({ talkId: second }))).toBe("notFound");
  expect((await other.work.query()).talks).toMatchObject([{ talkId: second, state: "asked", startsAt: null }]);
  expect(await told(ids.other)).toEqual([expect.stringContaining("Somebody would like to talk with you.")]);

  await host.advance({ minutes: 1 });
  await other.held.mutate({ talkId: second, heldOn: TODAY, needs: ["想谈谈退伍后的打算"] });
  const third = await offered();
  await soldier.answer.mutate({ talkId: third, accept: false });
  expect((await soldier.one.query({ talkId: third }))?.state).toBe("declined");
});

test("a talk that somebody asks for is arranged, not called off; he takes it back as often as he likes", async () => {
  const wish = { occasion: "family", wish: "家里的事" } as const;
  const { talkId } = await soldier.ask.mutate({ talkerId: ids.talker, ...wish });
  expect((await talker.work.query()).talks).toMatchObject([{ talkId, wish: "家里的事", state: "asked" }]);
  expect(await refused(talker.callOff.mutate({ talkId }))).toBe("askedFor");
  expect(await refused(soldier.ask.mutate({ talkerId: ids.talker, ...wish }))).toBe("open");
  expect(await refused(soldier.ask.mutate({ talkerId: ids.outside, ...wish }))).toBe("person");
  expect(await refused(talker.ask.mutate({ talkerId: ids.talker, ...wish }))).toBe("self");
  expect(await refused(talker.arrange.mutate({ talkId, ...soon, startsAt: at("2026-03-01") }))).toBe("time");
  await talker.arrange.mutate({ talkId, ...soon });
  await soldier.answer.mutate({ talkId, accept: true });
  await soldier.answer.mutate({ talkId, accept: false });
  expect((await soldier.one.query({ talkId }))?.state).toBe("dropped");
  expect(await refused(soldier.answer.mutate({ talkId, accept: true }))).toBe("state");
});

test("talks are offered to people of the unit, ahead of time, one at a time, and taken back by whoever offered", async () => {
  expect(await refused(offered({ personId: ids.outside }))).toBe("person");
  expect(await refused(offered({ personId: ids.talker }))).toBe("self");
  expect(await refused(offered({ startsAt: at("2026-03-01") }))).toBe("time");
  const talkId = await offered();
  expect(await refused(offered())).toBe("open");
  await talker.callOff.mutate({ talkId });
  expect(await refused(talker.arrange.mutate({ talkId, ...soon }))).toBe("state");
  expect(await refused(soldier.answer.mutate({ talkId, accept: true }))).toBe("state");
});

test("a note has five lines at most; either words it anew, and one agrees on a wording", async () => {
  const talkId = await noted();
  const six = { needs: ["1", "2", "3", "4"], promises: [...note.promises, ...note.promises] };
  expect(await refused(soldier.rewrite.mutate({ talkId, noteNo: 1, ...six }))).toBe("input.invalid");
  expect(await refused(soldier.rewrite.mutate({ talkId, noteNo: 1, needs: [], promises: [] }))).toBe("input.invalid");
  const past = { needs: [], promises: [{ words: "昨天", dueOn: "2026-03-01" }] };
  expect(await refused(soldier.rewrite.mutate({ talkId, noteNo: 1, ...past }))).toBe("promise");

  await soldier.rewrite.mutate({ talkId, noteNo: 1, needs: ["父亲住院，想请十天假"], promises: note.promises });
  expect(await told(ids.talker)).toEqual(["A note of a talk waits for your agreement."]);
  expect(await refused(talker.agree.mutate({ talkId, noteNo: 1 }))).toBe("wording");
  expect((await talker.one.query({ talkId }))?.state).toBe("held");
  await soldier.agree.mutate({ talkId, noteNo: 2 });
  expect((await talker.one.query({ talkId }))?.state).toBe("held");
  await talker.agree.mutate({ talkId, noteNo: 2 });
  expect(await talker.one.query({ talkId })).toMatchObject({ state: "settled", needs: ["父亲住院，想请十天假"] });
  expect(await refused(talker.rewrite.mutate({ talkId, noteNo: 2, ...note }))).toBe("state");
});

test("a talk nobody arranged is noted, too, within a month, with people of the unit", async () => {
  const talk = { personId: ids.soldier, occasion: "regular", heldOn: TODAY, ...note } as const;
  for (const [more, reason] of [
    [{ heldOn: "2026-03-03" }, "heldOn"],
    [{ heldOn: "2026-01-01" }, "heldOn"],
    [{ personId: ids.outside }, "person"],
    [{ personId: ids.talker }, "self"],
  ] as const)
    expect(await refused(talker.record.mutate({ ...talk, ...more }))).toBe(reason);
  const { talkId } = await talker.record.mutate(talk);
  expect(await refused(talker.held.mutate({ talkId, heldOn: TODAY, ...note }))).toBe("state");
  expect((await soldier.mine.query()).talks).toMatchObject([{ talkId, state: "held", iAgree: false }]);
});

test("what is raised after a talk is a petition like another: an accusation lies with the organ, and the talk knows nothing of it", async () => {
  interface Filing {
    readonly channel: { readonly file: { mutate(input: object): Promise<{ readonly caseNo: string }> } };
  }
  const words = { title: "采购送礼", body: "食堂供应商逢签合同必送礼。" };
  const filing = {
    channel: "need",
    key: crypto.randomUUID(),
    purpose: "accuse",
    anonymity: "anonymous",
    work: "unable",
  };
  const { caseNo } = await (soldier as unknown as Filing).channel.file.mutate({
    ...filing,
    form: { purpose: "accuse", ...words },
  });

  const cases = await host.kernelSql("select confidentiality, channel from kernel.cases where case_no = $1", [caseNo]);
  expect(cases).toEqual([{ confidentiality: 3, channel: "talkConverted" }]);
  expect(host.manifest.capabilities).toEqual(["db", "people.names", "tasks", "notify"]);
  expect(await host.sql("select from p_heart_talk.talks")).toEqual([]);
});

test("the plan names those who are due to their talker alone, and tells him once a week how many", async () => {
  expect(await refused(talker.keep.mutate({ personId: ids.outside, pace: "near" }))).toBe("person");
  expect(await refused(talker.keep.mutate({ personId: ids.talker, pace: "near" }))).toBe("self");
  await talker.keep.mutate({ personId: ids.soldier, pace: "near" });
  const [row] = (await talker.work.query()).circle;
  expect(row).toMatchObject({ name: "petitioner company", lastHeldOn: null, isDue: false });
  expect((await other.work.query()).circle).toEqual([]);
  expect((await other.people.query({ q: "petitioner c" })).map((one) => one.hasTalker)).toEqual([true]);

  await host.advance({ days: 8 });
  await host.advance({ days: 1 });
  expect((await talker.work.query()).circle).toMatchObject([{ isDue: true }]);
  const first = await told(ids.talker);
  expect(first).toEqual(["1 people are due for a talk."]);
  const today = new Date(Date.parse(NOW) + 9 * 86_400_000).toISOString().slice(0, 10);
  await talker.record.mutate({ personId: ids.soldier, occasion: "regular", heldOn: today, needs: ["都好"] });
  expect((await talker.work.query()).circle).toMatchObject([
    { isDue: false, lastHeldOn: today, dueOn: addDays(today, 30) },
  ]);
  await talker.release.mutate({ personId: ids.soldier });
  expect((await talker.work.query()).circle).toEqual([]);
});

test("whoever comes to the unit after the first look is new there until somebody talks with him", async () => {
  await host.sql("delete from p_heart_talk.known_people");
  expect((await talker.work.query()).newcomers).toEqual([]);
  await host.as("custodian", "first").mine.query();
  await host.as("custodian", "second").mine.query();
  const found = async () =>
    (await talker.work.query()).newcomers.map(({ name, since, dueOn }) => [name, addDays(since, 7) === dueOn]);
  expect(await found()).toEqual([["custodian first", true]]);
  expect(await found()).toEqual([["custodian first", true]]);

  const [one] = (await talker.work.query()).newcomers;
  await talker.keep.mutate({ personId: String(one?.personId), pace: "near" });
  expect(await found()).toEqual([]);
  await talker.release.mutate({ personId: String(one?.personId) });
  const held = { personId: String(one?.personId), occasion: "arrival", heldOn: String(one?.since) } as const;
  await talker.record.mutate({ ...held, needs: ["都好"] });
  expect(await found()).toEqual([]);
});

test("of a unit of more than five hundred, too, everybody new is found, and the talk officers hear of it by themselves", async () => {
  await talker.work.query();
  await host.kernelSql(
    `insert into kernel.people (id, name, username, name_pinyin, kind, unit_id, active)
       select gen_random_uuid(), '新战士' || n, 'new' || n, 'zz' || n, 'conscript', $1, true from generate_series(1, 520) n`,
    [host.units.company.id],
  );
  await host.advance({ days: 1 });
  expect(await told(ids.talker)).toContain("520 people are new at the unit. Offer each a first talk under Talks.");
  expect(await host.kernelSql("select params from kernel.notifications where params::text like '%新战士%'")).toEqual(
    [],
  );
  const fresh = (await talker.work.query()).newcomers.filter((one) => one.name.startsWith("新战士"));
  expect(fresh).toHaveLength(520);
  await host.enable("brigade", { samplePercent: 100 });
  expect((await talker.drawSample.mutate()).people).toBeGreaterThan(520);
  await host.enable("brigade", { samplePercent: 10 });
  await host.kernelSql("update kernel.people set active = false where username like 'new%'");
  await host.advance({ days: 1 });
  expect((await talker.work.query()).newcomers.filter((one) => one.name.startsWith("新战士"))).toEqual([]);
});

test("after some months nothing of a talk is left", async () => {
  const left = { personId: ids.soldier, occasion: "discharge", heldOn: "2026-03-10" } as const;
  await talker.record.mutate({ ...left, promises: [{ words: "写推荐信", dueOn: "2026-04-01" }] });
  await host.advance({ days: 300 });
  expect((await soldier.mine.query()).talks).toHaveLength(1);
  await host.advance({ days: 100 });

  expect(await host.sql("select from p_heart_talk.talks")).toEqual([]);
  expect(await host.sql("select from p_heart_talk.promises")).toEqual([]);
});

test("once a half-year some of the unit are drawn, none whom he talks with anyway, each for one talk", async () => {
  expect(await refused(soldier.drawSample.mutate())).toBe("forbidden");
  expect(await talker.sample.query()).toBeNull();
  const everybody = await talker.people.query({ q: "" });
  const [own] = everybody;
  await talker.keep.mutate({ personId: String(own?.id), pace: "near" });
  await host.enable("brigade", { samplePercent: 100 });
  expect(await talker.drawSample.mutate()).toEqual({ people: everybody.length, drawn: everybody.length - 1 });
  expect(await refused(talker.drawSample.mutate())).toBe("drawn");
  const drawn = async () => (await talker.work.query()).circle.filter((one) => one.drawn);
  const list = await drawn();
  expect(list.map((one) => one.personId)).not.toContain(own?.id);
  for (const { dueOn } of list) expect(dueOn).toMatch(/-(06-30|12-31)$/);
  expect(list).toHaveLength(everybody.length - 1);

  await host.sql("update p_heart_talk.circle set last_held_on = '2026-03-02' where person_id = $1", [
    String(list[0]?.personId),
  ]);
  expect(await drawn()).toHaveLength(everybody.length - 2);
  await host.enable("brigade", { samplePercent: 10 });
  await host.sql("update p_heart_talk.samples set half = '2025-07-01'");
  expect(await talker.drawSample.mutate()).toMatchObject({ drawn: Math.ceil(everybody.length / 10) });
  expect(await drawn()).toHaveLength(Math.ceil(everybody.length / 10));
});

test("where everybody of the unit is on his list there is nobody to draw", async () => {
  for (const one of await talker.people.query({ q: "" })) await talker.keep.mutate({ personId: one.id, pace: "near" });
  expect(await refused(talker.drawSample.mutate())).toBe("nobody");
});
