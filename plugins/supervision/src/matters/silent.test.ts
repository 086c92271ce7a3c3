import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";

const TODAY = "2026-03-02";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let above: Rpc;
let unit: Rpc;

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const told = async (name: string) =>
  (
    await host.kernelSql(
      `select n.params->>'en' as en from kernel.notifications n join kernel.people p on p.id = n.recipient
        where p.name = $1 and n.kind = 'module' order by n.at, n.id`,
      [name],
    )
  ).map((row) => row.en);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: `${TODAY}T02:00:00.000Z` });
  above = host.as("supervisor");
  unit = host.as("officer", "first");
  await Promise.all([
    above.list.query({}),
    unit.toAnswer.query(),
    host.as("signer").toAnswer.query(),
    host.as("chargeLeader").ofCase.query({ caseId: randomUUID() }),
  ]);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_supervision.matters");
  for (const table of ["notifications", "unit_letters"]) await host.kernelSql(`delete from kernel.${table}`);
});
const letters = () =>
  host.kernelSql(
    `select l.template, f.code as "from", t.code as "to", l.case_id, l.drafted_by is null as "bySelf", l.state, l.facts::text as words
      from kernel.unit_letters l join kernel.units f on f.id = l.from_unit_id join kernel.units t on t.id = l.to_unit_id
      order by l.drafted_at, l.template`,
  );
/** As somebody has signed them at the desk. */
const sign = () =>
  host.kernelSql(
    `update kernel.unit_letters set state = 'issued', number = 'BRIGADE〔2026〕1-DM', hash = '\\x00', issued_at = now(),
       facts = jsonb_set(facts, '{issuedOn}', '"2026-03-16"'),
       signed_by = (select id from kernel.people where name = 'signer brigade') where state = 'toSign'`,
  );

const handed = (more: object = {}) => ({
  ...{ warningId: randomUUID(), aboutUnit: host.units.first.id, channel: "leaderMailbox" },
  ...{ why: "晴雨表预警：信箱连续三个月没有来件", ...more },
});
const ask = (matterId: string, rung: "urging" | "interview" | "circular" | "listed" | "second", more: object = {}) =>
  above.ask.mutate({ matterId, rung, words: "说明信箱由谁开启，最近一次是哪天", ...more });

test("a way in that went quiet is asked about, answered and ended like any matter, and belongs to no petition", async () => {
  const { matterId } = await above.raiseSilent.mutate(handed());
  expect(await above.list.query({})).toMatchObject([
    {
      ...{ matterId, caseId: null, caseNo: null, state: "raised", holder: { en: "first unit" } },
      ...{ title: { en: "A way in went quiet: Leader's mailbox" }, triggers: [{ code: "silentChannel" }] },
    },
  ]);
  expect(await unit.toAnswer.query()).toEqual([]);
  await ask(matterId, "urging");
  expect(await unit.toAnswer.query()).toMatchObject([{ matterId, dueOn: addDays(TODAY, 10), mayAnswer: true }]);
  await host.advance({ days: 1 });
  expect(await told("officer first")).toEqual([
    "A way in of this unit went quiet. The unit above asks why: answer in writing by 2026-03-12.",
  ]);

  await unit.answer.mutate({ matterId, words: "锁坏了，信件积在箱里；已换锁，今天全部登记" });
  await host.advance({ days: 1 });
  expect(await told("supervisor brigade")).toEqual(["Supervision was answered. See whether it will do."]);
  await above.judge.mutate({ matterId, accept: true, words: "已到场看过信箱" });
  await host.advance({ days: 2 });
  expect((await told("officer first")).slice(1)).toEqual(["A supervision has ended."]);
  expect(await above.list.query({ over: true })).toMatchObject([{ matterId, state: "closed", caseNo: null }]);
});

test("the same warning is taken once, and another of the same way in is added to the matter that is open", async () => {
  const first = handed();
  const { matterId } = await above.raiseSilent.mutate(first);
  expect(await above.raiseSilent.mutate(first)).toEqual({ matterId });
  expect(await above.raiseSilent.mutate(handed())).toEqual({ matterId });
  expect((await above.one.query({ matterId }))?.triggers).toHaveLength(2);
  expect(await above.raiseSilent.mutate(handed({ channel: "phone" }))).not.toEqual({ matterId });

  await above.dismiss.mutate({ matterId, why: "信箱本月停用，已另行公告" });
  expect(await above.raiseSilent.mutate(first)).toEqual({ matterId });
  expect(await above.list.query({})).toMatchObject([{ title: { en: "A way in went quiet: Phone" } }]);
});

test("each letter of the ladder waits for whoever signs for the unit that asks; signed, the other unit has it", async () => {
  const { matterId } = await above.raiseSilent.mutate(handed());
  await ask(matterId, "urging");
  expect(await letters()).toMatchObject([
    { template: "urging", from: "BRIGADE", to: "FIRST", case_id: null, bySelf: false, state: "toSign" },
  ]);
  expect((await letters())[0]?.words).toContain("说明信箱由谁开启，最近一次是哪天");
  expect(await told("signer brigade")).toEqual([
    "A letter to another unit waits to be signed: see the letters between units.",
  ]);
  expect((await above.one.query({ matterId }))?.letters).toMatchObject([
    { kind: "urging", state: "toSign", number: null },
  ]);
  expect((await unit.asked.query({ matterId }))?.letters).toEqual([]);
  await sign();
  expect((await unit.asked.query({ matterId }))?.letters).toMatchObject([
    { kind: "urging", state: "issued", number: "BRIGADE〔2026〕1-DM" },
  ]);

  await host.advance({ days: 12 });
  await host.advance({ days: 1 });
  expect((await letters()).slice(1)).toMatchObject([
    {
      template: "urging",
      from: "BRIGADE",
      to: "FIRST",
      bySelf: true,
      words: expect.stringContaining("前次督办已经到期"),
    },
  ]);
  await host.sql("update p_supervision.steps set due_on = '2026-03-01'");
  expect(await refused(ask(matterId, "interview", { words: "请𠮷祥参加约谈" }))).toBe("notice.glyphMissing");
  expect((await above.one.query({ matterId }))?.steps).toHaveLength(2);
  await ask(matterId, "interview");
  expect((await letters()).at(-1)).toMatchObject({ template: "interview", state: "toSign" });
}, 30_000);

test("where nobody answers in time the second letter goes out by itself; further up people go, to the listing and its check", async () => {
  const { matterId } = await above.raiseSilent.mutate(handed());
  await ask(matterId, "urging");
  expect(await refused(ask(matterId, "second"))).toBe("awaited");
  await host.advance({ days: 12 });
  // told on the next day at the latest, whichever unit comes first in a round
  await host.advance({ days: 1 });
  expect((await above.one.query({ matterId }))?.steps).toMatchObject([
    { rung: "urging", bySelf: false },
    { rung: "second", bySelf: true },
  ]);
  expect(await told("chargeLeader brigade")).toEqual([
    "A unit below has not answered in time and was urged again. Its superior is asked to step in.",
  ]);
  const runOut = () => host.sql("update p_supervision.steps set due_on = '2026-03-01'");
  await runOut();
  await ask(matterId, "interview");
  const [leader, second] = await host.kernelSql(
    "select id from kernel.people where name in ('chargeLeader brigade', 'signer brigade') order by name",
  );
  const day = (await above.one.query({ matterId }))?.steps.at(-1)?.givenAt.slice(0, 10) ?? "";
  await above.interview.mutate({
    ...{ matterId, interviewId: randomUUID(), leaderId: String(leader?.id), secondId: String(second?.id) },
    ...{ heldOn: day, points: "谁开信箱", promises: [{ words: "每周开箱两次", dueOn: addDays(day, 7) }] },
  });
  for (const rung of ["circular", "listed"] as const) {
    await runOut();
    await ask(matterId, rung, { listedUntil: addDays(day, 30), leaderId: String(leader?.id) });
  }
  expect(await above.one.query({ matterId })).toMatchObject({
    ...{ rung: "listed", mayListAnew: true, listing: { hasLetter: true, leader: "chargeLeader brigade" } },
    interviews: [{ promises: [{ words: "每周开箱两次" }] }],
  });
  await above.listAnew.mutate({ matterId, leaderId: String(second?.id), words: "五天内报告开箱记录" });
  expect((await letters()).at(-1)).toMatchObject({
    ...{
      template: "listingUnit",
      state: "toSign",
      words: expect.stringMatching(/signer brigade.*五天内报告开箱记录|五天内报告开箱记录.*signer brigade/),
    },
  });
  await sign();
  expect(await above.one.query({ matterId })).toMatchObject({
    ...{ mayListAnew: false, listing: { noticeNo: "BRIGADE〔2026〕1-DM" } },
  });
  await unit.answer.mutate({ matterId, words: "已专人专管" });
  expect(await refused(above.judge.mutate({ matterId, accept: true, words: "可以" }))).toBe("unchecked");
  await above.checkListed.mutate({ matterId, passed: true, found: "当场投信，当天登记" });
  await above.judge.mutate({ matterId, accept: true, words: "验收合格" });
  await host.events.emit("retention.destroyed");
  await host.advance({ days: 1 });
  expect(await above.list.query({ over: true })).toHaveLength(1);
});

test("nobody hands over what is not at his unit or below it, or no way in; others do not see the matter", async () => {
  const { brigade, second } = host.units;
  for (const [rpc, more] of [
    [host.as("supervisor", "second"), {}],
    [host.as("supervisor", "second"), { aboutUnit: brigade.id }],
    [above, { aboutUnit: randomUUID() }],
    [above, { channel: "toString" }],
    [above, { channel: "imported" }],
  ] as const)
    expect([more, await refused(rpc.raiseSilent.mutate(handed(more)))]).toEqual([more, "silentWhere"]);
  expect(await refused(unit.raiseSilent.mutate(handed()))).toBe("forbidden");
  const { matterId } = await above.raiseSilent.mutate(handed({ aboutUnit: second.id }));
  expect(await refused(unit.asked.query({ matterId }))).toBe("notFound");
  expect(await refused(host.as("supervisor", "first").one.query({ matterId }))).toBe("notFound");
});
