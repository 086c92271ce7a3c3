import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
const WEEK = addDays(TODAY, 7);

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let caseId = "";
const people = { officer: "", handler: "", signer: "", soldier: "" };

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
const idOf = async (name: string): Promise<string> =>
  String((await host.kernelSql("select id from kernel.people where name = $1", [name]))[0]?.id);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  await Promise.all([
    officer.list.query({}),
    host.as("handler").list.query({}),
    host.as("signer").list.query({}),
    refused(host.as("petitioner").list.query({})),
  ]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
  people.officer = await idOf("officer brigade");
  people.handler = await idOf("handler brigade");
  people.signer = await idOf("signer brigade");
  people.soldier = await idOf("petitioner brigade");
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_liaison.affairs");
  await host.kernelSql("delete from kernel.tasks");
});

const begun = async (more: object = {}): Promise<string> => {
  const given = { affairId: randomUUID(), caseId, helperId: people.officer, ...more };
  await officer.begin.mutate(given);
  return given.affairId;
};
const letter = (affairId: string, more: object = {}) => ({
  ...{ affairId, letterId: randomUUID(), office: "某区人力资源和社会保障局", wishedOn: "2026-03-31", agreedOn: TODAY },
  ...{ facts: "随军家属落户八个月，安置没有时间。", request: "请告知安置名册的办理进度。" },
  ...more,
});
const written = async (affairId: string): Promise<string> => {
  const given = letter(affairId);
  await officer.write.mutate(given);
  return given.letterId;
};
const signed = async (): Promise<void> => {
  await host.kernelSql(
    `update kernel.notices set state = 'delivered', number = '函〔2026〕1号', hash = '\\x00', sealed_at = now(), sent_at = now(),
       delivered_on = $1::date, method = 'portal', facts = jsonb_set(facts, '{issuedOn}', to_jsonb($1::date::text)) where code = 'DM' and state = 'draft'`,
    [TODAY],
  );
  await host.events.emit("moduleLetter.issued", { module: "liaison", code: "letter" });
};
const tasks = async () =>
  (await host.kernelSql("select due_on::text as day, state, person_id from kernel.tasks order by due_on, state")).map(
    ({ day, state, person_id }) => `${day} ${state} ${person_id === people.officer ? "officer" : "other"}`,
  );
const messages = async () =>
  (await host.kernelSql("select text from kernel.messages where visibility = 'petitioner' order by at, id")).map(
    (row) => row.text,
  );
const one = async (affairId: string) => await officer.one.query({ affairId });

test("somebody stays with the matter and tells the petitioner each week, until contact is confirmed", async () => {
  const affairId = await begun();
  expect(await officer.begin.mutate({ affairId, caseId, helperId: people.officer })).toEqual({ ok: true });
  expect(await refused(begun())).toBe("open");
  expect(await tasks()).toEqual([`${WEEK} open officer`]);
  const [task] = await host.kernelSql("select text from kernel.tasks");
  expect(String(task?.text)).toContain("军地协调");

  await officer.tell.mutate({ affairId, said: "已联系区人社局，下周给答复。", outcome: "goesOn" });
  expect(await tasks()).toEqual([`${WEEK} done officer`, `${WEEK} open officer`]);
  await officer.tell.mutate({ affairId, said: "您说已经见到经办人，我们就到这里。", outcome: "confirmed" });

  expect(await messages()).toEqual(["已联系区人社局，下周给答复。", "您说已经见到经办人，我们就到这里。"]);
  expect(await tasks()).toEqual([`${WEEK} done officer`, `${WEEK} done officer`]);
  expect(await officer.list.query({})).toEqual([]);
  expect(await officer.list.query({ over: true })).toMatchObject([
    {
      affairId,
      state: "confirmed",
      nextOn: null,
      mayAct: false,
      told: [{}, {}],
      helper: "officer brigade",
      mine: true,
    },
  ]);
  expect(await refused(officer.tell.mutate({ affairId, said: "再说一句", outcome: "goesOn" }))).toBe("state");
  expect(await refused(officer.handOver.mutate({ affairId, helperId: people.handler }))).toBe("state");
  expect(await refused(officer.write.mutate(letter(affairId)))).toBe("state");
  await begun();
});

test("what could not be written to the petitioner was not said", async () => {
  const affairId = await begun();
  await host.kernelSql("alter table kernel.messages add constraint nobody check (text <> '写不出去') not valid");
  expect(await refused(officer.tell.mutate({ affairId, said: "写不出去", outcome: "confirmed" }))).not.toBe("done");
  await host.kernelSql("alter table kernel.messages drop constraint nobody");
  expect(await one(affairId)).toMatchObject({ state: "open", told: [] });
});

test("the helper is somebody who handles petitions and may see this one; another may take over", async () => {
  expect((await officer.helpers.query()).map((each) => each.name).toSorted()).toEqual([
    "handler brigade",
    "officer brigade",
  ]);
  for (const helperId of [people.soldier, people.signer]) expect(await refused(begun({ helperId }))).toBe("helper");
  await host.kernelSql(
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', $3)",
    [people.handler, caseId, NOW],
  );
  expect(await refused(begun({ helperId: people.handler }))).toBe("helper");
  const affairId = await begun();
  expect(await refused(officer.handOver.mutate({ affairId, helperId: people.handler }))).toBe("helper");
  expect(await tasks()).toEqual([`${WEEK} open officer`]);
  expect(await refused(host.as("handler").one.query({ affairId }))).toBe("notFound");
  await host.kernelSql("delete from kernel.recusals");
  await officer.handOver.mutate({ affairId, helperId: people.handler });
  expect(await tasks()).toEqual([`${WEEK} done officer`, `${WEEK} open other`]);
  expect(await one(affairId)).toMatchObject({ helper: "handler brigade", mine: false });
});

test("a letter goes out when somebody else has signed; its answer is kept with its day", async () => {
  const affairId = await begun();
  const letterId = await written(affairId);
  expect(await refused(officer.write.mutate(letter(affairId)))).toBe("unsigned");
  expect(await refused(officer.answered.mutate({ letterId, answer: "已收到", answeredOn: TODAY }))).toBe("state");
  await host.events.emit("moduleLetter.issued", { module: "other", code: "letter" });
  await host.kernelSql("update kernel.notices set sent_back_reason = '写明地址' where code = 'DM' and state = 'draft'");
  await host.events.emit("moduleLetter.sentBack", { module: "liaison", code: "letter" });
  expect(await one(affairId)).toMatchObject({ letters: [{ letterId, state: "sentBack", number: null }] });

  await officer.write.mutate(letter(affairId, { letterId, office: "某区人社局就业科" }));
  await signed();
  expect(await one(affairId)).toMatchObject({
    letters: [{ state: "sent", office: "某区人社局就业科", number: "函〔2026〕1号", sentOn: TODAY, agreedOn: TODAY }],
  });
  expect(await refused(officer.write.mutate(letter(affairId, { letterId })))).toBe("state");
  for (const answeredOn of [addDays(TODAY, -1), addDays(TODAY, 1)])
    expect([
      answeredOn,
      await refused(officer.answered.mutate({ letterId, answer: "排到第三位", answeredOn })),
    ]).toEqual([answeredOn, "answeredOn"]);
  await officer.answered.mutate({ letterId, answer: "排到第三位，预计六月安置", answeredOn: TODAY });
  expect(await refused(officer.answered.mutate({ letterId, answer: "再答", answeredOn: TODAY }))).toBe("state");
  expect(await officer.ofCase.query({ caseId })).toMatchObject([
    { letters: [{ state: "answered", answer: "排到第三位，预计六月安置", answeredOn: TODAY }] },
  ]);
  await written(affairId);
});

test.each(["guided", "diverted", "final"])("it goes on beside a petition that is %s", async (status) => {
  await host.kernelSql("update kernel.cases set status = $1 where id = $2", [status, caseId]);
  const affairId = await begun();
  await written(affairId);
  await officer.tell.mutate({ affairId, said: "函已经起草，签发后寄出。", outcome: "goesOn" });
  expect(await one(affairId)).toMatchObject({ state: "open", letters: [{ state: "waiting" }], told: [{}] });
  await host.kernelSql("update kernel.cases set status = 'received' where id = $1", [caseId]);
});

test("nobody writes without the petitioner's consent, or wishes for an answer in the past", async () => {
  const affairId = await begun();
  expect(await refused(officer.write.mutate(letter(affairId, { agreedOn: addDays(TODAY, 1) })))).toBe("agreedOn");
  expect(await refused(officer.write.mutate(letter(affairId, { wishedOn: TODAY })))).toBe("wishedOn");
  expect(await refused(officer.write.mutate(letter(randomUUID())))).toBe("notFound");
  await officer.write.mutate(letter(affairId, { wishedOn: null }));
  const facts = await host.kernelSql("select facts::text from kernel.notices where code = 'DM' and state = 'draft'");
  expect(facts).toHaveLength(1);
});

test("the petitioner agrees on his own page, where nobody answers for him; a no of his outweighs what was said before", async () => {
  await host.kernelSql("delete from kernel.consents");
  await host.kernelSql("delete from kernel.notifications");
  const affairId = await begun();
  expect(await refused(officer.write.mutate(letter(affairId, { agreedOn: null })))).toBe("consent");
  await officer.askConsent.mutate({ affairId });
  await officer.askConsent.mutate({ affairId });
  expect(await host.kernelSql("select state from kernel.consents")).toEqual([{ state: "asked" }]);
  expect(await refused(officer.write.mutate(letter(affairId, { agreedOn: null })))).toBe("consent");
  const says = (state: string) =>
    host.kernelSql("update kernel.consents set state = $1, answered_at = $2", [state, NOW]);

  await says("given");
  await host.events.emit("consent.given", { module: "another" });
  await host.events.emit("consent.given", { module: "liaison" });
  const told = await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'");
  expect(told).toEqual([{ en: "The petitioner agrees that local offices are written to." }]);
  await officer.write.mutate(letter(affairId, { agreedOn: null }));
  expect(await one(affairId)).toMatchObject({
    consent: { state: "given", on: TODAY },
    letters: [{ agreedOn: TODAY, agreedBy: "page" }],
  });

  await says("withdrawn");
  // nobody signs it any more
  await host.events.emit("consent.withdrawn", { module: "liaison" });
  await host.events.emit("moduleLetter.sentBack", { module: "liaison", code: "letter" });
  expect(await one(affairId)).toMatchObject({ letters: [{ state: "sentBack" }] });
  const waits = await host.kernelSql(
    "select state, sent_back_reason as why from kernel.notices where code = 'DM' and state = 'draft'",
  );
  expect(waits).toMatchObject([{ state: "draft", why: expect.stringContaining("收回") }]);
  const [{ letterId = "" } = {}] = (await one(affairId))?.letters ?? [];
  const anew = (agreedOn: string | null) => officer.write.mutate(letter(affairId, { letterId, agreedOn }));
  expect(await refused(anew(null))).toBe("consent");
  expect(await refused(anew(TODAY))).toBe("consentTaken");
  await host.kernelSql("update kernel.consents set answered_at = answered_at - interval '2 days'");
  await anew(TODAY);
  expect(await one(affairId)).toMatchObject({ letters: [{ agreedBy: "told" }] });
  for (const table of ["consents", "notifications"]) await host.kernelSql(`delete from kernel.${table}`);
});

test("a task that was ended without a word comes back", async () => {
  const affairId = await begun();
  await host.events.emit("task.ended", { task: randomUUID() });
  await host.kernelSql("update kernel.tasks set state = 'done', ended_by = person_id, ended_at = made_at");
  await host.advance({ days: 9 });
  expect(await tasks()).toEqual([`${WEEK} done officer`]);
  const [ended] = await host.kernelSql("select id from kernel.tasks");
  await host.events.emit("task.ended", { task: String(ended?.id) });
  await host.advance({ days: 1 });
  await host.advance({ days: 1 });
  expect(await tasks()).toEqual([`${WEEK} done officer`, "2026-03-13 open officer"]);
  expect(await one(affairId)).toMatchObject({ isDue: true });
});

test("whoever handles a petition that was guided to local offices is asked whether somebody stays with it, unless somebody does", async () => {
  const told = async () =>
    (
      await host.kernelSql(
        "select p.name, n.params->>'en' as en from kernel.notifications n join kernel.people p on p.id = n.recipient where n.kind = 'module'",
      )
    ).map((row) => `${row.name}: ${row.en}`);
  await begun();
  await host.events.emit("case.guided");
  expect(await told()).toEqual([]);
  await host.sql("delete from p_liaison.affairs");
  await host.kernelSql("update kernel.cases set handler_id = null where id = $1", [caseId]);
  await host.events.emit("case.guided");
  await host.events.emit("case.guided");
  expect(await told()).toEqual([
    "officer brigade: A petition was guided to local offices. See whether liaison is needed.",
  ]);
});

test("where the helper has gone an officer has the next word; the petition takes its liaison along", async () => {
  await host.sql(
    `insert into p_liaison.affairs (id, case_id, path, helper_id, state, opened_at, next_on, task_id)
      values ($1, $2, $3, $4, 'open', $5, '2026-04-10', $1)`,
    [randomUUID(), caseId, [host.units.second.id, host.units.brigade.id], people.soldier, NOW],
  );
  await host.events.emit("case.returned");
  await host.events.emit("case.returned");
  expect(await host.sql("select path, round, task_id from p_liaison.affairs")).toEqual([
    { path: [host.units.brigade.id], round: 2, task_id: null },
  ]);
  await host.advance({ days: 1 });
  expect(await tasks()).toEqual(["2026-04-10 open officer"]);
});

test("who has no part in it is told nothing, and for whoever may not see the petition there is no liaison", async () => {
  const affairId = await begun();
  const letterId = await written(affairId);
  await signed();
  const signer = host.as("signer");
  expect(await signer.ofCase.query({ caseId })).toMatchObject([{ affairId, mayAct: false }]);
  for (const call of [
    () => signer.begin.mutate({ affairId: randomUUID(), caseId, helperId: people.officer }),
    () => signer.tell.mutate({ affairId, said: "我来说", outcome: "goesOn" }),
    () => signer.handOver.mutate({ affairId, helperId: people.officer }),
    () => signer.write.mutate(letter(affairId)),
    () => signer.answered.mutate({ letterId, answer: "答复", answeredOn: TODAY }),
    () => signer.helpers.query(),
    () => host.as("petitioner").ofCase.query({ caseId }),
    () => host.as("mediator").list.query({}),
    () => host.as("unitAdmin").one.query({ affairId }),
  ])
    expect(await refused(call())).toBe("forbidden");
  expect(await refused(host.as(null).list.query({}))).toBe("unauthorized");

  const other = host.as("officer", "second");
  expect(await other.ofCase.query({ caseId })).toEqual([]);
  expect(await other.list.query({})).toEqual([]);
  const below = host.as("officer", "brigade", "first");
  const begin = { affairId: randomUUID(), caseId, helperId: people.officer };
  expect(await refused(below.begin.mutate(begin))).toBe("elsewhere");
  const [row] = await host.kernelSql(
    "select to_jsonb(array_agg(a)) as rows from kernel.case_audience a where case_id = $1",
    [caseId],
  );
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [caseId]);
  for (const who of [other, below, officer])
    for (const call of [
      () => who.one.query({ affairId }),
      () => who.tell.mutate({ affairId, said: "不归我管", outcome: "goesOn" }),
      () => who.handOver.mutate({ affairId, helperId: people.officer }),
      () => who.write.mutate(letter(affairId)),
      () => who.answered.mutate({ letterId, answer: "答复", answeredOn: TODAY }),
      () => who.begin.mutate(begin),
    ])
      expect(await refused(call())).toBe("notFound");
  expect([await officer.list.query({}), await officer.ofCase.query({ caseId })]).toEqual([[], []]);
  await host.kernelSql(
    "insert into kernel.case_audience select * from jsonb_populate_recordset(null::kernel.case_audience, $1)",
    [JSON.stringify(row?.rows)],
  );
  expect(await refused(below.tell.mutate({ affairId, said: "不归我管", outcome: "goesOn" }))).toBe("notFound");
});

test("what has become an accusation leaves nothing here, and a destroyed file takes its liaison along", async () => {
  await written(await begun());
  await host.kernelSql("update kernel.cases set category = 'accusation' where id = $1", [caseId]);
  expect(await officer.ofCase.query({ caseId })).toEqual([]);
  await host.kernelSql("update kernel.cases set category = null, confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_liaison.letters")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);

  await begun();
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_liaison.affairs")).toEqual([]);
});
