import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, inHandling, refusalOf, reply, rows, type Staff, staffOf } from "../testing/story.ts";
import { bringNewFacts, declineNewFacts, followUp } from "./afterwards.ts";
import { archiveCase, finaliseCase } from "./conclude.ts";
import { reopenCase } from "./ends.ts";
import { readCase } from "./read-case.ts";

async function archived(t: TestKernel, s: Staff): Promise<string> {
  const id = await inHandling(t, s);
  await reply(t, s, id);
  t.clock.advance({ days: 45 });
  await execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  await execute(t.kernel, followUp, byPerson(t, id, s.officer), { how: "电话回访，没有新的问题" });
  await execute(t.kernel, archiveCase, byPerson(t, id, s.officer), {});
  return id;
}
const stateOf = async (t: TestKernel, id: string) =>
  (await rows<{ status: string; flags: string[] }>(t, "select status, flags from kernel.cases where id = $1", [id]))[0];
const waiting = async (t: TestKernel, s: Staff) =>
  (await listCases(t.kernel, s.officer, { view: "toReview", limit: 10 } as Parameters<typeof listCases>[2])).items.map(
    (i) => [i.caseId, i.dueClock],
  );
const news = { text: "找到了当时的审批单，日期与查明的不同。", fileIds: [] };

test("new facts after the end stand in the queue with a date until somebody takes it up", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await archived(t, s);
  expect(await refusalOf(execute(t.kernel, bringNewFacts, byPerson(t, id, s.officer), news))).toEqual(["forbidden"]);
  await execute(t.kernel, bringNewFacts, byPetitioner(t, id), news);
  expect(await stateOf(t, id)).toEqual({ status: "archived", flags: ["newFacts"] });
  expect(await waiting(t, s)).toEqual([[id, "K2"]]);
  const read = await readCase(t.kernel, s.officer, id);
  expect(read.thread.at(-1)).toMatchObject({ from: "petitioner", text: news.text });
  expect(read.acts.filter((a) => a.refusals.length === 0).map((a) => a.act)).toEqual(
    expect.arrayContaining(["reopen", "declineNewFacts"]),
  );
  expect(await refusalOf(execute(t.kernel, bringNewFacts, byPetitioner(t, id), news))).toEqual(["mark.set"]);
  await execute(t.kernel, reopenCase, byPerson(t, id, s.officer), { ground: "newFacts", reason: "有新的书证" });
  expect(await stateOf(t, id)).toEqual({ status: "registered", flags: [] });
  expect(await waiting(t, s)).toEqual([]);
});

test("or until he is told in writing why not; he may bring others later", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await archived(t, s);
  expect(
    await refusalOf(execute(t.kernel, declineNewFacts, byPerson(t, id, s.officer), { reason: "没有新的内容" })),
  ).toEqual(["mark.missing"]);
  await execute(t.kernel, bringNewFacts, byPetitioner(t, id), news);
  expect(
    await refusalOf(execute(t.kernel, declineNewFacts, byPerson(t, id, s.handler), { reason: "没有新的内容" })),
  ).toEqual(["forbidden"]);
  await execute(t.kernel, declineNewFacts, byPerson(t, id, s.officer), { reason: "审批单在原处理意见中已经认定。" });
  expect(await stateOf(t, id)).toEqual({ status: "archived", flags: [] });
  expect(await waiting(t, s)).toEqual([]);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.thread.at(-1)?.text).toBe("审批单在原处理意见中已经认定。");
  expect(seen.history.at(-1)?.text.en).toMatch(/not taken up again/);
  await execute(t.kernel, bringNewFacts, byPetitioner(t, id), news);
});

test("nobody looks at them in time: the unit above urges, and the end does not turn into an acceptance", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await archived(t, s);
  await execute(t.kernel, bringNewFacts, byPetitioner(t, id), news);
  t.clock.advance({ days: 25 });
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  const urged = await rows<{ by: string }>(
    t,
    "select by_unit_id as by from kernel.supervision_items where case_id = $1 and code = 'K2'",
    [id],
  );
  expect(urged).toEqual([{ by: t.units.brigade }]);
  expect(await stateOf(t, id)).toEqual({ status: "archived", flags: ["newFacts"] });
});

test("what nobody asked to be reviewed is visited once it is final, and filed away only then or when the time for it is over", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  t.clock.advance({ days: 45 });
  await execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  const visit = await rows(
    t,
    "select state, due_on::text as due from kernel.clocks where case_id = $1 and code = 'K22'",
    [id],
  );
  expect(visit).toEqual([{ state: "running", due: "2026-05-18" }]);
  const archive = () => execute(t.kernel, archiveCase, byPerson(t, id, s.officer), {});
  expect(await refusalOf(archive())).toEqual(["followUp.open"]);
  const byCalendar = { ...byPerson(t, id, s.officer), party: { kind: "system" } as const };
  expect(await refusalOf(execute(t.kernel, followUp, byCalendar, { how: "自动" }))).toEqual(["forbidden"]);
  t.clock.now = new Date("2026-05-18T16:00:00Z");
  await archive();
});
