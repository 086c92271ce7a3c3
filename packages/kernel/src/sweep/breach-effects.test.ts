import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { followUp } from "../cases/afterwards.ts";
import { archiveCase, finaliseCase } from "../cases/conclude.ts";
import { readCase } from "../cases/read-case.ts";
import { requestReview } from "../cases/review.ts";
import type { Kernel } from "../kernel.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { AGAIN_DUE, breachEffects, EFFECTS_DUE } from "./breach-effects.ts";
import { sweepClocks } from "./sweep-clocks.ts";

interface Item {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly step: number;
  readonly by_unit_id: string | null;
  readonly by_organ_id: string | null;
  readonly to_unit_id: string;
  readonly for_leader: boolean;
  readonly late_since: string;
  readonly due_on: string | null;
  readonly notice_id: string | null;
}
const items = (t: TestKernel, caseId: string) =>
  rows<Item>(t, "select * from kernel.supervision_items where case_id = $1 order by opened_at, code", [caseId]);
const round = async (t: TestKernel, at: string): Promise<number> => {
  t.clock.now = new Date(at);
  await sweepClocks(t.kernel);
  return breachEffects(t.kernel);
};
const clocks = (t: TestKernel, caseId: string) =>
  rows<{ code: string; state: string; start_on: string; due_on: string }>(
    t,
    "select code, state, start_on, due_on from kernel.clocks where case_id = $1 order by started_at, code",
    [caseId],
  );

test("nobody decided in time: urged by the unit above in the same round, and it counts as accepted since that day", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  expect(await round(t, "2026-03-17T15:00:00Z")).toBe(0);
  expect(await round(t, "2026-03-17T16:01:00Z")).toBe(1);
  expect(await round(t, "2026-03-17T16:02:00Z")).toBe(0);

  const [item, ...more] = await items(t, id);
  expect(more).toEqual([]);
  expect(item).toMatchObject({
    kind: "urge",
    code: "K2",
    step: 1,
    by_unit_id: t.units.brigade,
    to_unit_id: t.units.first,
    for_leader: false,
    due_on: "2026-03-30",
  });
  expect(await clocks(t, id)).toContainEqual({
    code: "K4",
    state: "running",
    start_on: "2026-03-17",
    due_on: "2026-05-18",
  });
  const shown = await readCase(t.kernel, s.officer, id);
  expect(shown).toMatchObject({ state: "registered", marks: ["deemedAccepted"] });
  expect(shown.thread.at(-1)).toMatchObject({ visibility: "petitioner", from: "system" });
  expect(shown.thread.at(-1)?.text).toMatch(/视为已受理.*2026年5月18日.*\n.*counts as accepted.*18 May 2026/);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true });

  const [letter] = await rows<{ facts: never; issuer_unit_id: string; state: string }>(
    t,
    "select facts, issuer_unit_id, state from kernel.notices where id = $1",
    [item?.notice_id],
  );
  expect(letter).toMatchObject({ issuer_unit_id: t.units.brigade, state: "sealed" });
  const zh = JSON.stringify(composeLetter("D27", letter?.facts as never, "zh-CN"));
  expect(zh).toMatch(/督办函.*2026年3月17日.*2026年3月30日/s);
  expect(zh).not.toContain("系统未运行");
  expect(JSON.stringify(composeLetter("D27", letter?.facts as never, "en"))).toMatch(/Answer in writing by/);
});

test("accepting what counts as accepted starts no second period; on another track it is counted from the same day", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const [same, other] = [await file(t), await file(t)];
  await register(t, s, same);
  await round(t, "2026-03-18T02:00:00Z");
  await register(t, s, other, { category: "suggestion", track: "suggestion", subRoute: null });
  for (const id of [same, other])
    await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });

  const handling = async (id: string) =>
    (await clocks(t, id)).filter((c) => ["K4", "K9"].includes(c.code)).map((c) => [c.code, c.state, c.start_on]);
  expect(await handling(same)).toEqual([["K4", "running", "2026-03-17"]]);
  expect(await handling(other)).toEqual([
    ["K4", "stopped", "2026-03-17"],
    ["K9", "running", "2026-03-17"],
  ]);
});

test("a missed period of handling is listed and goes to the leader above; nothing is final before it is answered", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await round(t, "2026-05-07T02:00:00Z");
  expect(await items(t, id)).toMatchObject([{ code: "K4", kind: "urge", for_leader: true }]);
  expect((await readCase(t.kernel, s.officer, id)).marks).toEqual(["listed"]);
  await reply(t, s, id);
  await round(t, "2026-06-20T02:00:00Z");
  await expect(execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {})).rejects.toMatchObject({
    params: { reasons: "nothing.open" },
  });
  await rows(t, "update kernel.supervision_items set answered_at = now() where case_id = $1", [id]);
  await execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  await execute(t.kernel, followUp, byPerson(t, id, s.officer), { how: "电话回访，没有新的问题" });
  await execute(t.kernel, archiveCase, byPerson(t, id, s.officer), {});
});

test("a review that is late is urged by the level above the reviewing one; a petitioner's lapsed right urges nobody", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const [asked, silent] = [await inHandling(t, s), await inHandling(t, s)];
  for (const id of [asked, silent]) await reply(t, s, id);
  await execute(t.kernel, requestReview, byPetitioner(t, asked), { grounds: "facts", text: "算错", fileIds: [] });
  await round(t, "2026-04-10T02:00:00Z");
  expect((await items(t, asked)).filter((i) => i.code === "K14")).toMatchObject([
    { code: "K14", by_unit_id: t.units.brigade, to_unit_id: t.units.brigade },
  ]);
  expect(await items(t, silent)).toEqual([]);
});

test("without an answer the next unit above urges, with another letter, until the top", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const id = await file(t, { unitId: t.units.company });
  await round(t, "2026-03-18T02:00:00Z");
  expect(await items(t, id)).toMatchObject([{ step: 1, by_unit_id: t.units.first, to_unit_id: t.units.company }]);
  expect(await round(t, "2026-03-28T02:00:00Z")).toBe(0);
  expect(await round(t, "2026-03-31T02:00:00Z")).toBe(1);
  expect(await items(t, id)).toMatchObject([{ step: 2, by_unit_id: t.units.brigade, for_leader: true }]);
  await round(t, "2026-04-20T02:00:00Z");
  expect(await round(t, "2026-06-01T02:00:00Z")).toBeGreaterThanOrEqual(0);
  const letters = await rows(t, "select id from kernel.notices where case_id = $1 and code = 'D27'", [id]);
  expect(letters.length).toBeGreaterThanOrEqual(3);
});

test("after downtime each is caught up once, by two workers at once, and the letter says when it was noticed", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const warned: object[] = [];
  const log = { ...t.kernel.log, warn: (_m: string, data?: object) => warned.push(data ?? {}) };
  const k: Kernel = { ...t.kernel, log };
  const s = await staffOf(t);
  const ids = await Promise.all(Array.from({ length: 8 }, () => file(t)));
  const stopped = await file(t);
  await register(t, s, stopped);
  t.clock.now = new Date("2026-03-19T02:00:00Z");
  // late, and accepted before any round saw that it was
  await execute(t.kernel, acceptCase, byPerson(t, stopped, s.officer), { office: "股", phone: "" });
  await Promise.all([sweepClocks(k, { wait: true }), sweepClocks({ ...k }, { wait: true })]);
  await Promise.all([breachEffects(k), breachEffects({ ...k })]);
  await breachEffects(k);

  for (const id of [...ids, stopped]) {
    expect(await items(t, id)).toMatchObject([{ code: "K2", late_since: "2026-03-17" }]);
    const told = await rows<{ n: number }>(
      t,
      "select count(*)::int as n from kernel.ledger where stream = $1 and type = 'supervision.opened'",
      [id],
    );
    expect(told).toEqual([{ n: 1 }]);
  }
  const [letter] = await rows<{ facts: { noticedOn: string } }>(
    t,
    "select facts from kernel.notices where code = 'D27' and case_id = $1",
    [ids[0]],
  );
  expect(letter?.facts.noticedOn).toBe("2026-03-19");
  expect(warned.length).toBeGreaterThan(0);
  expect(await verifyLedger(k)).toMatchObject({ ok: true });
});

test("an accusation is urged by the organ above, never by a unit; a unit complained of does not urge", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const [secret, above] = [await file(t), await file(t, { unitId: t.units.company })];
  const accused = { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await register(t, s, secret, accused);
  const brigade = await t.person("旅干事", "brigade", [{ role: "clerk", unit: "brigade", subtree: true }]);
  await register(t, { clerk: brigade }, above, { respondents: [{ kind: "unit", unitId: t.units.first }] });
  await round(t, "2026-03-18T02:00:00Z");
  for (const item of await items(t, secret))
    expect(item).toMatchObject({ by_unit_id: null, by_organ_id: expect.anything() });
  expect(await items(t, secret)).not.toEqual([]);
  for (const item of await items(t, above)) expect(item.by_unit_id).toBe(t.units.brigade);
});

test("nobody can delete an item, and a round's cost follows what is due", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const id = await file(t);
  await round(t, "2026-03-18T02:00:00Z");
  await expect(t.kernel.pool.query("delete from kernel.supervision_items")).rejects.toThrow(/permission denied/);
  await rows(
    t,
    `insert into kernel.clocks (id, case_id, code, state, started_at, start_on, amount, unit, due_on, due_at, breached_at, calendar, explain)
     select gen_random_uuid(), $1, 'K4', 'breached', now(), '2026-03-02', 60, 'day', '2026-01-01', '2026-01-01', '2026-01-01', 'x', '{}'
       from generate_series(1, 30000) n`,
    [id],
  );
  await rows(t, "analyze kernel.clocks");
  const buffers = async (text: string, values: string, types: string): Promise<number> => {
    const client = await t.database.pool.connect();
    try {
      await client.query("set plan_cache_mode = force_generic_plan");
      await client.query(`prepare looked_at (${types}) as ${text}`);
      const { rows: plan } = await client.query(
        `explain (analyze, buffers, format json) execute looked_at (${values})`,
      );
      return plan[0]["QUERY PLAN"][0].Plan["Shared Hit Blocks"] + plan[0]["QUERY PLAN"][0].Plan["Shared Read Blocks"];
    } finally {
      client.release(true);
    }
  };
  expect(await buffers(EFFECTS_DUE, "'-infinity', gen_random_uuid()", "timestamptz, uuid")).toBeLessThan(20);
  expect(await buffers(AGAIN_DUE, "'2026-03-02'", "timestamptz")).toBeLessThan(20);
});
