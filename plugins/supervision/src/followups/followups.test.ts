import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Rung } from "../ladder.ts";
import server from "../server.ts";

const TODAY = "2026-03-02";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let above: Rpc;
let unit: Rpc;
let caseId = "";
const people: Record<string, string> = {};

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
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: `${TODAY}T02:00:00.000Z` });
  above = host.as("supervisor");
  unit = host.as("officer");
  await Promise.all([
    above.list.query({}),
    unit.toAnswer.query(),
    host.as("signer").toAnswer.query(),
    host.as("chargeLeader").ofCase.query({ caseId: randomUUID() }),
    host.as("officer", "first").toAnswer.query(),
    host
      .as("mediator", "first")
      .toAnswer.query()
      .catch(() => []),
  ]);
  for (const name of ["supervisor", "officer", "signer", "chargeLeader"]) people[name] = await idOf(`${name} brigade`);
  people.outside = await idOf("mediator first");
  await host.events.emit("case.redo");
  caseId = String((await host.kernelSql("select id from kernel.cases"))[0]?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_supervision.matters");
  for (const table of ["notifications", "module_clocks", "tasks"]) await host.kernelSql(`delete from kernel.${table}`);
});

/** A matter at the step that is named, as people have brought it there. */
const at = async (rung: Rung): Promise<string> => {
  const { matterId } = await above.raise.mutate({ caseId, code: "shifting", why: "互相推，一个月没有人管" });
  for (const next of ["urging", "second", "interview", "circular", "listed"] as const) {
    const listed = { listedUntil: addDays(TODAY, 30), leaderId: people.signer };
    await above.ask.mutate({ matterId, rung: next, words: "三天内修好漏雨的窗户", ...(next === "listed" && listed) });
    if (next === rung) break;
    await host.kernelSql("update kernel.module_clocks set state = 'passed', ended_at = now() where state = 'running'");
    await host.sql("update p_supervision.steps set due_on = '2026-03-01'");
  }
  return matterId;
};
const held = (matterId: string, more: object = {}) =>
  ({
    ...{ matterId, interviewId: randomUUID(), leaderId: people.signer, secondId: people.chargeLeader },
    ...{
      heldOn: TODAY,
      points: "为什么一个月没有人管",
      promises: [{ words: "三天内到现场", dueOn: addDays(TODAY, 3) }],
    },
    ...more,
  }) as never;

test("an interview is written down with its leader and its two, and what he promised stands in his list", async () => {
  const matterId = await at("interview");
  const one = held(matterId);
  await above.interview.mutate(one);
  await above.interview.mutate(one);
  expect(await above.one.query({ matterId })).toMatchObject({
    mayInterview: false,
    interviews: [
      {
        ...{ heldOn: TODAY, leader: "signer brigade", by: ["supervisor brigade", "chargeLeader brigade"] },
        ...{ points: "为什么一个月没有人管", promises: [{ words: "三天内到现场", dueOn: "2026-03-05" }] },
      },
    ],
  });
  expect(await host.kernelSql("select text, due_on::text, person_id from kernel.tasks")).toEqual([
    { text: "三天内到现场", due_on: "2026-03-05", person_id: people.signer },
  ]);
  expect((await unit.asked.query({ matterId }))?.interviews).toHaveLength(1);
  expect(JSON.stringify(await unit.ofCase.query({ caseId }))).not.toContain("为什么一个月没有人管");
  expect(await refused(above.interview.mutate(held(matterId)))).toBe("state");
});

test("an interview is held by two others with a leader who may know, on a day that was", async () => {
  expect(await refused(above.interview.mutate(held(await at("second"))))).toBe("state");
  await host.sql("delete from p_supervision.matters");
  const matterId = await at("interview");
  for (const [more, reason] of [
    [{ leaderId: randomUUID() }, "leader"],
    [{ leaderId: people.outside }, "leader"],
    [{ secondId: people.supervisor }, "second"],
    [{ secondId: people.signer }, "second"],
    [{ leaderId: people.supervisor }, "second"],
    [{ secondId: randomUUID() }, "second"],
    [{ heldOn: addDays(TODAY, 1) }, "heldOn"],
    [{ heldOn: addDays(TODAY, -1) }, "heldOn"],
    [{ promises: [{ words: "已经过去", dueOn: addDays(TODAY, -1) }] }, "promised"],
  ] as const)
    expect([more, await refused(above.interview.mutate(held(matterId, more)))]).toEqual([more, reason]);
  for (const call of [
    () => unit.interview.mutate(held(matterId)),
    () => unit.people.query(),
    () => unit.circle.query({ matterId }),
    () => unit.checkListed.mutate({ matterId, passed: true, found: "自己验收" }),
    () => above.circulars.query(),
    () => above.confirmRead.mutate({ circularId: randomUUID() }),
  ])
    expect(await refused(call())).toBe("forbidden");
  expect(await refused(host.as("supervisor", "second").interview.mutate(held(matterId)))).toBe("notFound");
});

test("a circular goes to the units of its circle, each confirms it, and none reads of the petition", async () => {
  const matterId = await at("circular");
  const circle = await above.circle.query({ matterId });
  expect(circle).toMatchObject([
    { id: host.units.first.id, concerned: false },
    { id: host.units.second.id, concerned: false },
    { id: host.units.brigade.id, concerned: true },
  ]);
  const one = {
    ...{ matterId, circularId: randomUUID(), title: "关于报修推诿的通报", words: "一个月没有人管，限期整改" },
    units: [host.units.first.id, host.units.brigade.id],
  };
  for (const units of [[host.units.first.id], [host.units.brigade.id, host.units.company.id]])
    expect(await refused(above.circulate.mutate({ ...one, units }))).toBe("circle");
  await above.circulate.mutate(one);
  await above.circulate.mutate(one);
  expect(await refused(above.circulate.mutate({ ...one, circularId: randomUUID() }))).toBe("state");

  const first = host.as("officer", "first");
  // to the unit that sends it goes no letter
  expect((await above.one.query({ matterId }))?.letters).toMatchObject([{ kind: "circular", state: "toSign" }]);
  expect(await host.kernelSql("select to_unit_id, case_id from kernel.unit_letters")).toEqual([
    { to_unit_id: host.units.first.id, case_id: null },
  ]);
  const [read] = await first.circulars.query();
  expect(read).toMatchObject({ title: one.title, words: one.words, from: { en: "brigade unit" }, readAt: null });
  expect(JSON.stringify(read)).not.toContain(caseId);
  expect(await host.as("officer", "second").circulars.query()).toEqual([]);
  const { circularId } = one;
  expect(await refused(host.as("officer", "second").confirmRead.mutate({ circularId }))).toBe("circular");
  await host.advance({ days: 1 });
  await host.advance({ days: 1 });
  const told = await host.kernelSql(
    `select p.name from kernel.notifications n join kernel.people p on p.id = n.recipient
      where n.params->>'en' = 'A circular has come in. Read it and confirm.' order by 1`,
  );
  expect(told.map((row) => row.name)).toEqual(["officer brigade", "officer first", "signer brigade"]);
  await first.confirmRead.mutate({ circularId });
  const [confirmed] = await first.circulars.query();
  await host.advance({ days: 1 });
  await first.confirmRead.mutate({ circularId });
  expect((await first.circulars.query())[0]?.readAt).toBe(confirmed?.readAt);
  expect((await above.one.query({ matterId }))?.circulars).toMatchObject([
    { units: expect.arrayContaining([{ unit: expect.objectContaining({ en: "brigade unit" }), readAt: null }]) },
  ]);
});

test("a listed matter has its leader and its letter, and ends only after a check that was passed", async () => {
  const matterId = await at("listed");
  const [notice] = await host.kernelSql(
    "select id, state, issuer_unit_id, facts::text as words from kernel.notices where code = 'DM'",
  );
  expect(notice).toMatchObject({ state: "draft", issuer_unit_id: host.units.brigade.id });
  expect(notice?.words).toContain("signer brigade");
  expect(await above.one.query({ matterId })).toMatchObject({
    ...{ listing: { leader: "signer brigade", noticedOn: null, passed: null }, mayListAnew: true, mayCheck: false },
  });
  await above.listAnew.mutate({ matterId, leaderId: people.chargeLeader ?? "", words: "五天内修好，并书面报告" });
  const [anew] = await host.kernelSql("select id, facts::text as words from kernel.notices where code = 'DM'");
  expect(anew?.id).toBe(notice?.id);
  expect(anew?.words).toContain("chargeLeader brigade");
  await host.kernelSql("update kernel.notices set state = 'delivered', number = 'B〔2026〕1-DM' where id = $1", [
    notice?.id,
  ]);
  await host.events.emit("moduleLetter.issued", { module: "supervision", code: "listing" } as never);
  expect(await above.one.query({ matterId })).toMatchObject({ listing: { noticeNo: "B〔2026〕1-DM" } });
  expect(await refused(above.checkListed.mutate({ matterId, passed: true, found: "还没有答复" }))).toBe("state");

  await unit.answer.mutate({ matterId, words: "已经修好" });
  const accept = { matterId, accept: true, words: "验收合格，销号" };
  expect(await refused(above.judge.mutate(accept))).toBe("unchecked");
  await above.checkListed.mutate({ matterId, passed: false, found: "还有一扇漏雨" });
  expect(await refused(above.judge.mutate(accept))).toBe("unchecked");
  await above.judge.mutate({ matterId, accept: false, words: "没有全部修好" });
  expect(await above.one.query({ matterId })).toMatchObject({ state: "raised", next: ["listed"] });
  const again = { matterId, rung: "listed" as const, words: "把最后一扇修好" };
  expect(await refused(above.ask.mutate({ ...again, listedUntil: addDays(TODAY, 10) }))).toBe("leader");
  await above.ask.mutate({ ...again, listedUntil: addDays(TODAY, 10), leaderId: people.signer });
  await unit.answer.mutate({ matterId, words: "全部修好" });
  expect(await refused(above.judge.mutate(accept))).toBe("unchecked");
  await above.checkListed.mutate({ matterId, passed: true, found: "现场看过，信访人认可" });
  await host.sql("update p_supervision.steps set answered_by = $1", [people.supervisor]);
  expect(await refused(above.checkListed.mutate({ matterId, passed: true, found: "自己验收" }))).toBe("ownAnswer");
  await host.sql("update p_supervision.steps set answered_by = $1", [people.officer]);
  await above.judge.mutate(accept);
  expect(await above.one.query({ matterId })).toMatchObject({
    ...{ state: "closed", listing: { passed: true, found: "现场看过，信访人认可", checkedOn: expect.any(String) } },
  });
});
