import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";
import { MOST } from "./keep-answers.ts";
import { otherWays, waysFor } from "./other-ways.ts";
import { topics } from "./topics.ts";

let host: TestHost<typeof server>;
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "..", ".."), now: "2026-03-02T02:00:00.000Z" });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(() => host.sql("delete from p_online_petition.answers"));

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};

const written = (more: object = {}) => ({
  ...{ id: crypto.randomUUID(), version: 0, topic: "pay" as const, source: "津贴管理规定第十条" },
  question: { "zh-CN": "津贴什么时候补发？", en: "When is back-pay paid?" },
  answer: { "zh-CN": "批准后次月。", en: "In the month after it is approved." },
  elsewhere: { "zh-CN": "旅财务科", en: "Finance section of the brigade" },
  timeLimit: { "zh-CN": "", en: "" },
  ...more,
});

test("what an officer writes is read by everybody at the unit and below it, without an account; a second press writes nothing", async () => {
  const one = written();
  await host.as("officer", "brigade").save.mutate(one);
  await host.as("officer", "brigade").save.mutate(one);

  const [read, ...others] = await host.as(null, "first").answers.query();
  expect(others).toEqual([]);
  expect(read).toMatchObject({
    ...{ topic: "pay", question: one.question, answer: one.answer, elsewhere: one.elsewhere, version: 1, own: false },
    by: { en: expect.any(String) },
  });
  expect(Object.keys(read ?? {})).not.toContain("byPerson");
});

test("the unit's own answers stand before those of units above, and units beside it or above read none of them", async () => {
  const above = written();
  const own = written();
  await host.as("officer", "brigade").save.mutate(above);
  await host.as("officer", "first").save.mutate(own);

  expect((await host.as(null, "first").answers.query()).map((one) => [one.id, one.own])).toEqual([
    [own.id, true],
    [above.id, false],
  ]);
  expect((await host.as(null, "brigade").answers.query()).map((one) => one.id)).toEqual([above.id]);
});

test("two who change the same answer: the second is told; nobody changes or takes out another unit's", async () => {
  const one = written();
  const officer = host.as("officer", "first");
  await officer.save.mutate(one);
  const changed = { ...one, version: 1, answer: { "zh-CN": "当月。", en: "In the same month." } };
  await officer.save.mutate(changed);
  expect(await refused(officer.save.mutate({ ...one, version: 1 }))).toBe("changed");
  expect(await refused(host.as("officer", "brigade").save.mutate({ ...changed, version: 2 }))).toBe("changed");
  await host.as("officer", "brigade").takeOut.mutate({ id: one.id });
  expect(await officer.kept.query()).toMatchObject([{ version: 2, answer: changed.answer }]);

  await officer.takeOut.mutate({ id: one.id });
  await officer.takeOut.mutate({ id: one.id });
  expect(await officer.answers.query()).toEqual([]);
  expect(await refused(officer.save.mutate({ ...changed, version: 2 }))).toBe("changed");
});

test("only whoever may keep them writes; half an answer and more than fit are refused", async () => {
  for (const who of [null, "petitioner", "handler"] as const)
    expect(await refused(host.as(who, "first").save.mutate(written()))).toMatch(/unauthorized|forbidden/);
  const officer = host.as("officer", "first");
  expect(await refused(officer.save.mutate(written({ answer: { "zh-CN": "批准后次月。", en: " " } })))).toBe(
    "input.invalid",
  );
  await host.sql(
    `insert into p_online_petition.answers (id, unit_id, topic, question_zh, question_en, answer_zh, answer_en, version, at, by_person)
     select gen_random_uuid(), $1, 'pay', 'q', 'q', 'a', 'a', 1, now(), gen_random_uuid() from generate_series(1, $2)`,
    [host.units.first.id, MOST],
  );
  expect(await refused(officer.save.mutate(written()))).toBe("full");
});

test("every topic names another way with its time and rule in both languages, and a punishment its appeal", () => {
  for (const topic of topics) expect(waysFor(topic).length).toBeGreaterThan(0);
  for (const { title, where, timeLimit, source } of otherWays)
    for (const text of [title, where, timeLimit, source]) expect([text["zh-CN"], text.en]).not.toContain("");
  expect(waysFor("discipline")[0]?.timeLimit.en).toContain("A petition does not stop it");
});
