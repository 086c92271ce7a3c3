import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let nobody: Rpc;
let clerk: Rpc;
let soldier: Rpc;

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const key = () => crypto.randomUUID();

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  for (const [unit, { id }] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [id, unit],
    );
  nobody = host.as(null, "first");
  clerk = host.as("clerk", "first");
  soldier = host.as("petitioner", "first");
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["answers", "suggestions"]) await host.sql(`delete from p_suggestion_box.${table}`);
  for (const table of ["notifications", "plugin_file"]) await host.kernelSql(`delete from kernel.${table}`);
});

const words = (more: object = {}) =>
  ({
    ...{ key: key(), title: "每周会议合并成一次", body: "周一周三两次会内容一样，建议合并。", person: null },
    ...{ mayShow: true, credit: false, ...more },
  }) as const;
const named = (more: object = {}) =>
  words({ person: { name: "建议人甲", kind: "officer", contact: "13900000001" }, credit: true, ...more });
const put = async (asked: ReturnType<typeof words> = words()) => {
  const { code } = await nobody.post.mutate(asked as never);
  const [row] = await host.sql("select id from p_suggestion_box.suggestions where key = $1", [asked.key]);
  return { code, id: String(row?.id) };
};
const shown = async (asked = words()) => {
  const made = await put(asked);
  await clerk.show.mutate({ id: made.id, board: { title: asked.title, text: asked.body } });
  return made;
};
const study = (id: string, more: object = {}) =>
  clerk.study.mutate({ id, withIds: [], title: "合并会议和报表", body: "每周两次会合并成一次。", ...more });
const files = async () => (await host.kernelSql("select id from kernel.plugin_file")).length;
const petitions = (title: string) =>
  host.kernelSql(
    "select c.id, c.case_no, c.purpose, c.anonymity, c.confidentiality, c.channel_key, c.flags from kernel.cases c where c.title = $1 order by c.received_at, c.id",
    [title],
  );
const reply = (title: string, state = "replied") =>
  host.kernelSql("update kernel.cases set status = $2 where title = $1", [title, state]);

test("written without a name, shown, supported, studied with another, answered in public; names and words are gone then", async () => {
  const pressed = words();
  const { code, id } = await put(pressed);
  expect(code).toMatch(/^\d{4}(-\d{4}){3}$/);
  expect(await nobody.post.mutate(pressed as never)).toEqual({ code });
  expect((await nobody.board.query()).open).toEqual([]);
  const other = await put(named({ title: "报表少报几份" }));
  expect(await clerk.one.query({ id: other.id })).toMatchObject({
    ...{ byName: true, credit: "建议人甲", others: [{ id, title: pressed.title }] },
  });

  await clerk.show.mutate({ id, board: { title: "会议合并", text: "一周开一次会。" } });
  await soldier.support.mutate({ id, yes: true });
  await soldier.support.mutate({ id, yes: true });
  expect(await host.sql("select supports from p_suggestion_box.suggestions where id = $1", [id])).toEqual([
    { supports: 1 },
  ]);
  expect((await soldier.board.query()).open).toMatchObject([{ title: "会议合并", supports: null, mine: true }]);
  await soldier.support.mutate({ id, yes: false });
  await host.sql("insert into p_suggestion_box.supports select $1, gen_random_uuid() from generate_series(1, 4)", [id]);
  await soldier.support.mutate({ id, yes: true });
  expect((await nobody.board.query()).open).toMatchObject([{ supports: 5, mine: false }]);

  const { caseNo } = await study(id, { withIds: [other.id], title: "一起研究" });
  const [petition] = await petitions("一起研究");
  expect(petition).toMatchObject({
    ...{ case_no: caseNo, purpose: "suggest", anonymity: "anonymous", channel_key: "suggestion-box/box" },
  });
  expect(await nobody.board.query()).toMatchObject({ open: [{ studied: true }], answered: [] });
  const own = await nobody.own.mutate({ code: code.replaceAll("-", " ") });
  expect(own).toMatchObject({ state: "filed", mayTakeBack: false, petition: { returnCode: expect.any(String) } });
  expect(await nobody.own.mutate({ code: other.code })).toMatchObject({ state: "filed", petition: null });
  await nobody.wroteDown.mutate({ code });
  expect(await nobody.own.mutate({ code })).toMatchObject({ petition: null });

  const result = { id, title: "会议合并", outcome: "partly", words: "从下月起周会合并，报表另行研究。" } as const;
  expect(await clerk.box.query()).toMatchObject([{ suggestionId: id, caseNo, replied: false }]);
  expect(await refused(clerk.answer.mutate(result))).toBe("notReplied");
  await reply("一起研究");
  await clerk.answer.mutate(result);
  expect(await refused(clerk.answer.mutate(result))).toBe("state");

  expect(await nobody.board.query()).toMatchObject({
    open: [],
    answered: [{ title: "会议合并", outcome: "partly", credits: ["建议人甲"], supports: 5 }],
  });
  for (const one of [code, other.code])
    expect(await nobody.own.mutate({ code: one })).toMatchObject({
      ...{ state: "answered", words: null, answer: { outcome: "partly", words: result.words } },
    });
  expect(await files()).toBe(0);
  expect(await host.sql("select * from p_suggestion_box.supports")).toEqual([]);
  expect(JSON.stringify(await nobody.board.query())).not.toContain(String(petition?.id));
});

test("what nobody agrees to show is answered to its author alone, and never named", async () => {
  const { code, id } = await put(named({ mayShow: false }));
  expect(await refused(clerk.show.mutate({ id, board: { title: "会议", text: "一周一次会。" } }))).toBe("notAgreed");
  await study(id, { title: "不公开" });
  await reply("不公开", "final");
  await clerk.answer.mutate({ id, title: "会议", outcome: "not", words: "暂时不能合并，原因如下。" });
  expect((await nobody.board.query()).answered).toEqual([]);
  expect(await host.sql("select open, credits from p_suggestion_box.answers")).toEqual([{ open: false, credits: [] }]);
  expect(await nobody.own.mutate({ code })).toMatchObject({ answer: { outcome: "not" } });
  const [filed] = await petitions("不公开");
  expect(filed).toMatchObject({ anonymity: "named" });
});

test("an accusation goes to its organ word for word, and the box keeps nothing but the code for whoever wrote it", async () => {
  const { code, id } = await shown(words({ title: "司务长虚报伙食", body: "司务长三月虚报伙食费。" }));
  await soldier.support.mutate({ id, yes: true });
  await clerk.passOn.mutate({ id, purpose: "accuse", concernsLeader: false, urgentSafety: false });

  const [accusation] = await host.kernelSql(
    "select confidentiality, purpose from kernel.cases where channel_key = 'suggestion-box/box' and purpose = 'accuse'",
  );
  expect(accusation).toMatchObject({ confidentiality: 3 });
  expect(
    await host.sql(
      "select state, words_file, board_title, board_text, supports, lead_id, case_id from p_suggestion_box.suggestions",
    ),
  ).toEqual([
    {
      ...{ state: "passedOn", words_file: null, board_title: null, board_text: null },
      ...{ supports: 0, lead_id: null, case_id: null },
    },
  ]);
  expect(await host.sql("select * from p_suggestion_box.supports")).toEqual([]);
  expect(await files()).toBe(1);
  expect([await clerk.box.query(), (await nobody.board.query()).open]).toEqual([[], []]);
  expect(await refused(clerk.one.query({ id }))).toBe("notFound");
  expect(await nobody.own.mutate({ code })).toMatchObject({
    ...{ state: "passedOn", words: null, petition: { returnCode: expect.stringContaining("-") } },
  });
  await nobody.wroteDown.mutate({ code });
  expect(await files()).toBe(0);
});

test("what has become an accusation after it was filed leaves the box within a day", async () => {
  const { code, id } = await shown();
  await study(id, { title: "后来发现是举报" });
  await host.kernelSql("update kernel.cases set confidentiality = 3 where title = '后来发现是举报'");
  await host.advance({ days: 1, hours: 1 });
  expect(await host.sql("select * from p_suggestion_box.suggestions")).toEqual([]);
  expect(await files()).toBe(0);
  expect(await refused(nobody.own.mutate({ code }))).toBe("code");
});

test("who may do what, and when, is checked", async () => {
  const { code, id } = await shown();
  const fresh = await put();
  const board = { title: "会议", text: "一周一次会。" };
  const other = { purpose: "solve", concernsLeader: false, urgentSafety: false } as const;
  const elsewhere = host.as("clerk", "second");
  // whoever sorts above sees it: small units have no clerk
  expect(await host.as("clerk", "brigade").box.query()).toMatchObject([
    { suggestionId: id },
    { suggestionId: fresh.id },
  ]);
  for (const [work, reason] of [
    [() => nobody.support.mutate({ id, yes: true }), "unauthorized"],
    [() => soldier.support.mutate({ id: fresh.id, yes: true }), "notOnBoard"],
    [() => soldier.support.mutate({ id: key(), yes: true }), "notFound"],
    [() => soldier.box.query(), "forbidden"],
    [() => soldier.one.query({ id }), "forbidden"],
    [() => soldier.show.mutate({ id, board }), "forbidden"],
    [() => soldier.study.mutate({ id, withIds: [], title: "会议合并", body: "一周一次会。" }), "forbidden"],
    [() => soldier.passOn.mutate({ id, ...other }), "forbidden"],
    [() => soldier.answer.mutate({ id, title: "会议", outcome: "not", words: "不行，原因。" }), "forbidden"],
    [() => elsewhere.one.query({ id }), "notFound"],
    [() => elsewhere.show.mutate({ id, board }), "notFound"],
    [() => elsewhere.passOn.mutate({ id, ...other }), "notFound"],
    [() => elsewhere.study.mutate({ id, withIds: [], title: "会议合并", body: "一周一次会。" }), "notFound"],
    [() => study(id, { withIds: [key()] }), "state"],
    [() => clerk.answer.mutate({ id, title: "会议", outcome: "not", words: "不行，原因。" }), "notFound"],
    [() => nobody.own.mutate({ code: "0000-0000-0000-0000" }), "code"],
    [() => nobody.own.mutate({ code: "short" }), "code"],
    [() => nobody.takeBack.mutate({ code: "0000-0000-0000-0000" }), "code"],
    [() => nobody.post.mutate(words({ body: "短" }) as never), "input.invalid"],
  ] as const)
    expect([String(work), reason, await refused(work())]).toEqual([String(work), reason, reason]);

  // off the board nobody's support is kept
  await soldier.support.mutate({ id, yes: true });
  await clerk.show.mutate({ id, board: null });
  expect(await host.sql("select * from p_suggestion_box.supports")).toEqual([]);
  await nobody.takeBack.mutate({ code });
  await study(fresh.id);
  expect(await refused(clerk.show.mutate({ id: fresh.id, board }))).toBe("state");
  expect(await refused(clerk.passOn.mutate({ id: fresh.id, ...other }))).toBe("state");
  expect(await refused(nobody.takeBack.mutate({ code: fresh.code }))).toBe("state");
  expect(await refused(nobody.own.mutate({ code }))).toBe("code");
});

test("of two who press at once there is one petition, and where filing is refused everything stays as it was", async () => {
  const [a, b] = [await put(), await put()];
  const outcomes = await Promise.all([
    refused(study(a.id, { withIds: [b.id], title: "同时按下" })),
    refused(study(b.id, { withIds: [a.id], title: "同时按下" })),
  ]);
  expect(outcomes.toSorted()).toEqual(["done", "state"]);
  expect(await petitions("同时按下")).toHaveLength(1);

  // filing broke off in the middle: the next day anybody can take it in hand again
  const left = await put();
  await host.sql("update p_suggestion_box.suggestions set lead_id = gen_random_uuid() where id = $1", [left.id]);
  expect(await refused(study(left.id))).toBe("state");
  await host.advance({ days: 1, hours: 1 });
  expect(await refused(study(left.id))).toBe("done");

  const c = await put();
  await host.kernelSql("update kernel.units set valid_until = '2026-03-01' where id = $1", [host.units.first.id]);
  expect(await refused(study(c.id))).toBe("unit.retired");
  await host.kernelSql("update kernel.units set valid_until = null where id = $1", [host.units.first.id]);
  expect(await clerk.one.query({ id: c.id })).toMatchObject({ state: "new" });
  expect(
    await refused(clerk.passOn.mutate({ id: c.id, purpose: "ask", concernsLeader: false, urgentSafety: false })),
  ).toBe("done");
});

test("a unit takes only what comes by name, and only so much a day", async () => {
  await host.enable("first", { anonymous: false, mostPerDay: 5 });
  expect(await refused(put())).toBe("named");
  for (let n = 0; n < 5; n++) await put(named());
  expect(await refused(put(named()))).toBe("full");
  await host.enable("first", { anonymous: true, mostPerDay: 100 });
});

test("what waits is kept and told of every day; what is over goes after its days", async () => {
  const waiting = await put();
  const { code, id } = await shown();
  await clerk.passOn.mutate({ id, purpose: "solve", concernsLeader: false, urgentSafety: false });
  for (let n = 0; n < 3; n++) await host.advance({ days: 20 });
  expect(await clerk.one.query({ id: waiting.id })).toMatchObject({ title: "每周会议合并成一次" });
  expect(await nobody.own.mutate({ code })).toMatchObject({ petition: { returnCode: expect.any(String) } });
  const [told] = await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'");
  expect(told).toEqual({ en: "1 suggestions in the box have not been sorted yet." });
  for (let n = 0; n < 2; n++) await host.advance({ days: 20 });
  expect(await refused(nobody.own.mutate({ code }))).toBe("code");
  expect(await files()).toBe(1);
});

test("what was filed when the server stopped is noted by itself, as what it was filed as, and nobody can file it anew", async () => {
  const studied = await put();
  const beside = await put(words({ title: "同一条建议" }));
  const passed = await put(words({ title: "这是投诉，不是建议" }));
  await host.kernelSql(
    "alter table p_suggestion_box.suggestions add constraint stopped check (state not in ('filed', 'passedOn')) not valid",
  );
  expect(await refused(study(studied.id, { withIds: [beside.id], title: "断电前的研究" }))).not.toBe("done");
  const as = { purpose: "solve", concernsLeader: false, urgentSafety: false } as const;
  expect(await refused(clerk.passOn.mutate({ id: passed.id, ...as }))).not.toBe("done");
  await host.kernelSql("alter table p_suggestion_box.suggestions drop constraint stopped");
  expect(await petitions("断电前的研究")).toHaveLength(1);

  await host.advance({ minutes: 6 });
  const states = await host.sql(
    "select state, lead_id = $1 as led, case_id is not null as linked, words_file is null as forgotten from suggestions where id = any($2) order by at, id",
    [studied.id, [studied.id, beside.id, passed.id]],
  );
  expect(states).toEqual([
    { state: "filed", led: true, linked: true, forgotten: false },
    { state: "filed", led: true, linked: true, forgotten: false },
    { state: "passedOn", led: null, linked: false, forgotten: true },
  ]);
  for (const { code } of [studied, passed])
    expect(await nobody.own.mutate({ code })).toMatchObject({ petition: { returnCode: expect.any(String) } });
  expect(await refused(clerk.passOn.mutate({ id: studied.id, ...as }))).toBe("state");
  expect([(await petitions("断电前的研究")).length, (await petitions("这是投诉，不是建议")).length]).toEqual([1, 1]);

  const free = await put(words({ title: "没有报出去的" }));
  await host.sql(
    "update suggestions set lead_id = id, claimed_as = 'study', claimed_at = now() - interval '99 years' where id = $1",
    [free.id],
  );
  await host.advance({ minutes: 6 });
  expect(await study(free.id, { title: "后来研究" })).toMatchObject({ caseNo: expect.any(String) });
});
