import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, register, rows, staffOf } from "../testing/story.ts";
import { supervisionHandlers } from "./handlers.ts";

const ctx = (t: TestKernel, actor: Actor) => ({ kernel: t.kernel, actor }) as never;
const list = async (t: TestKernel, actor: Actor, side: "toMe" | "byMe", closed = false) =>
  (await supervisionHandlers.list(ctx(t, actor), { side, closed, limit: 50 })).items;
const late = async (t: TestKernel): Promise<void> => {
  t.clock.now = new Date("2026-03-18T02:00:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
};

test("the unit that is late answers, the unit above closes, and nobody both", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const other = await t.person("二营", "second", [{ role: "officer", unit: "second" }]);
  const id = await file(t);
  await register(t, s, id);
  await late(t);

  const [mine] = await list(t, s.officer, "toMe");
  expect(mine).toMatchObject({ code: "K2", mayAnswer: true, mayClose: false, answer: null, lateSince: "2026-03-17" });
  expect(await list(t, other, "toMe")).toEqual([]);
  expect(await list(t, other, "byMe")).toEqual([]);
  const itemId = mine?.itemId ?? "";
  const key = t.key();
  const close = (by: Actor) => supervisionHandlers.close(ctx(t, by), { itemId, key: t.key(), result: "已整改" });
  await expect(close(above)).rejects.toMatchObject({ params: { reasons: "supervision.notAnswered" } });
  const answer = (by: Actor, k = key) =>
    supervisionHandlers.answer(ctx(t, by), { itemId, key: k, answer: "因人员休假未及时处理，今日受理。" });
  await expect(answer(other)).rejects.toMatchObject({ code: "supervision.notFound" });
  await answer(s.officer);
  await answer(s.officer);
  await expect(answer(s.officer, t.key())).rejects.toMatchObject({ params: { reasons: "supervision.done" } });
  await expect(close(s.officer)).rejects.toMatchObject({ params: { reasons: "supervision.notYours" } });
  expect(await list(t, above, "byMe")).toMatchObject([
    { answer: "因人员休假未及时处理，今日受理。", mayClose: true, mayAnswer: true && false },
  ]);
  await close(above);
  expect(await list(t, above, "byMe")).toEqual([]);
  expect(await list(t, above, "byMe", true)).toMatchObject([{ result: "已整改" }]);
  const facts = await rows<{ body: string }>(t, "select body from kernel.ledger where type like 'supervision.%'");
  expect(facts).toHaveLength(3);
  expect(JSON.stringify(facts)).not.toMatch(/休假|整改/);
});

test("who stands out of a case, or is the one complained of, sees no item of it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  await late(t);
  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'asked', now())",
    [s.officer.personId, id],
  );
  expect(await list(t, s.officer, "toMe")).toEqual([]);
  expect(await list(t, s.signer, "toMe")).toHaveLength(1);
  const secret = await file(t);
  await register(t, s, secret, { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 });
  t.clock.now = new Date("2026-04-18T02:00:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  expect((await list(t, s.signer, "toMe")).filter((i) => i.caseId === secret)).toEqual([]);
});
