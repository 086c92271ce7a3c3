import { expect, test } from "vitest";
import type { DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { execute } from "../pipeline/execute.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { withdrawLapsed } from "../sweep/withdraw-lapsed.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, inHandling, latestLetter, rows, staffOf } from "../testing/story.ts";
import { readCase } from "./read-case.ts";
import { askWithdrawal, goOnExOfficio, takeBackWithdrawal, withdrawCase } from "./withdrawal.ts";

const why = (act: Promise<unknown>) =>
  act.then(
    () => ["done"],
    (error: DoorstepError) => (error.reasons.length > 0 ? error.reasons.map((r) => r.code) : [error.code]),
  );
const wish = { text: "问题已经当面解决，不用再办了", freeWill: true } as const;
const k30 = (t: TestKernel, id: string) =>
  rows<{ state: string; due: string }>(
    t,
    "select state, due_on::text as due from kernel.clocks where case_id = $1 and code = 'K30' order by id",
    [id],
  );

test("the petitioner withdraws in his own words; it takes effect by itself when three days have passed", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  expect(await k30(t, id)).toEqual([{ state: "running", due: "2026-03-05" }]);
  expect((await readPetitionerCase(t.kernel, id)).state).toBe("inHandling");
  expect(await why(execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish))).toEqual(["mark.set"]);
  t.clock.now = new Date("2026-03-05T15:00:00Z");
  await sweepClocks(t.kernel);
  expect(await withdrawLapsed(t.kernel)).toBe(0);
  expect(await why(execute(t.kernel, withdrawCase, byPetitioner(t, id), {}))).toEqual(["withdrawal.running"]);

  t.clock.now = new Date("2026-03-05T16:30:00Z");
  await sweepClocks(t.kernel);
  expect(await withdrawLapsed(t.kernel)).toBe(1);
  expect(await withdrawLapsed(t.kernel)).toBe(0);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen).toMatchObject({ state: "withdrawn", status: "closed" });
  expect(seen.clocks.filter((c) => c.state === "running")).toEqual([]);
  const [letter] = await rows<{ facts: never }>(t, "select facts from kernel.notices where id = $1", [
    await latestLetter(t, id, "D25"),
  ]);
  expect(letter?.facts).toMatchObject({ wish: wish.text, coolOffUntil: "2026-03-05", by: "rule" });
  for (const language of ["zh-CN", "en"] as const)
    expect(JSON.stringify(composeLetter("D25", letter?.facts as never, language))).toContain(wish.text);
});

test("the wish can be taken back and asked again; after the three days he may confirm it himself", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  expect(await why(execute(t.kernel, takeBackWithdrawal, byPetitioner(t, id), {}))).toEqual(["mark.missing"]);
  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  await execute(t.kernel, takeBackWithdrawal, byPetitioner(t, id), {});
  t.clock.now = new Date("2026-03-10T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await withdrawLapsed(t.kernel)).toBe(0);
  expect((await readPetitionerCase(t.kernel, id)).state).toBe("inHandling");

  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  t.clock.now = new Date("2026-03-14T02:00:00Z");
  await execute(t.kernel, withdrawCase, byPetitioner(t, id), {});
  expect((await readPetitionerCase(t.kernel, id)).state).toBe("withdrawn");
  expect(await rows(t, "select state from kernel.withdrawals where case_id = $1 order by asked_at", [id])).toEqual([
    { state: "takenBack" },
    { state: "done" },
  ]);
});

test("nobody but the petitioner asks for it, takes it back or confirms it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  for (const who of Object.values(s).filter((p) => p !== s.reviewer)) {
    expect(await why(execute(t.kernel, askWithdrawal, byPerson(t, id, who), wish))).toEqual(["forbidden"]);
    const { acts } = await readCase(t.kernel, who, id);
    expect(acts.filter((a) => a.act.toLowerCase().includes("withdraw"))).toEqual([]);
  }
  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  t.clock.now = new Date("2026-03-14T02:00:00Z");
  for (const command of [takeBackWithdrawal, withdrawCase])
    expect(await why(execute(t.kernel, command, byPerson(t, id, s.officer), {}))).toEqual(["forbidden"]);
});

test("where somebody is in danger the unit goes on by itself and tells the petitioner why", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const goOn = { ground: "safety", reason: "涉及人身安全，须查清" } as const;
  expect(await why(execute(t.kernel, goOnExOfficio, byPerson(t, id, s.officer), goOn))).toEqual(["mark.missing"]);
  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  expect(await why(execute(t.kernel, goOnExOfficio, byPetitioner(t, id), goOn))).toEqual(["forbidden"]);
  await execute(t.kernel, goOnExOfficio, byPerson(t, id, s.officer), goOn);
  t.clock.now = new Date("2026-03-10T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await withdrawLapsed(t.kernel)).toBe(0);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.state).toBe("inHandling");
  expect(seen.thread.map((m) => m.text)).toContain(goOn.reason);
  expect(seen.history.map((h) => h.text.en)).toContain("The unit goes on with it by virtue of office");
});
