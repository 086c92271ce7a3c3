import { expect, test } from "vitest";
import { guideCase } from "../cases/ends.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { countBacklog } from "./count-backlog.ts";
import { sweepClocks } from "./sweep-clocks.ts";

const to = (t: TestKernel, instant: string): void => {
  t.clock.now = new Date(instant);
};
const marked = async (t: TestKernel) =>
  (await rows<{ id: string }>(t, "select id from kernel.cases where flags @> '{backlog}' order by id")).map(
    (r) => r.id,
  );
const told = async (t: TestKernel, caseId: string) =>
  (
    await rows<{ type: string; facts: { reasons?: string[] } }>(
      t,
      "select type, body::jsonb->'facts' as facts from kernel.ledger where stream = $1 and type like 'backlog.%' order by seq",
      [caseId],
    )
  ).map((e) => [e.type, e.facts.reasons]);

test("a case is backlog from the 181st day on, once a local day, and the lists show it", async () => {
  await using t = await openTestKernel({ now: "2026-01-02T02:00:00Z" });
  const s = await staffOf(t);
  const caseId = await file(t);
  await register(t, s, caseId);
  const fresh = await (async () => {
    to(t, "2026-06-20T02:00:00Z");
    return file(t);
  })();

  to(t, "2026-07-01T15:59:00Z");
  expect(await countBacklog(t.kernel)).toBe(0);
  to(t, "2026-07-01T16:01:00Z");
  expect(await countBacklog(t.kernel)).toBe(1);
  expect(await countBacklog(t.kernel)).toBe(0);

  expect(await marked(t)).toEqual([caseId]);
  expect(await told(t, caseId)).toEqual([["backlog.entered", ["age"]]]);
  expect(
    await rows(t, "select payload->'reasons' as reasons from kernel.outbox where type = 'backlog.entered'"),
  ).toEqual([{ reasons: ["age"] }]);
  const view = await listCases(t.kernel, s.officer, { view: "backlog", limit: 50 });
  expect(view.items.map((item) => item.caseId)).toEqual([caseId]);
  expect(view.items.map((item) => item.caseId)).not.toContain(fresh);
});

test("handling that is more than thirty days late makes it backlog; once it is replied it is none any more", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  const days = (n: number) => {
    t.clock.advance({ days: n });
    return sweepClocks(t.kernel);
  };
  await days(62);
  await countBacklog(t.kernel);
  expect(await marked(t)).toEqual([]);
  await days(40);
  await countBacklog(t.kernel);
  expect(await told(t, caseId)).toEqual([["backlog.entered", ["late"]]]);

  await reply(t, s, caseId);
  await days(1);
  await countBacklog(t.kernel);

  expect(await marked(t)).toEqual([]);
  expect((await told(t, caseId)).at(-1)?.[0]).toBe("backlog.left");
});

test("a promise sixty days late, and a matter that came back three times, are backlog; what is final is not", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const [promise, main, final] = [await file(t), await file(t), await file(t)];
  const late = (caseId: string) =>
    rows(
      t,
      `insert into kernel.commitments (id, case_id, unit_id, text, owner, due_on, state, made_at)
       values (gen_random_uuid(), $1, $2, 'x', 'y', '2025-12-31', 'open', now())`,
      [caseId, t.units.first],
    );
  await late(promise);
  await late(final);
  await rows(t, "update kernel.cases set status = 'final' where id = $1", [final]);
  const again: string[] = [];
  for (const kind of ["again", "newFacts", "again"]) {
    const caseId = await file(t);
    again.push(caseId);
    await rows(
      t,
      "insert into kernel.repeats (id, case_id, of_case_id, kind, judged_by, at) values (gen_random_uuid(), $1, $2, $3, $4, $5)",
      [caseId, main, kind, s.officer.personId, t.clock.now],
    );
  }

  await countBacklog(t.kernel);
  expect(await told(t, promise)).toEqual([["backlog.entered", ["promise"]]]);
  expect(await told(t, main)).toEqual([["backlog.entered", ["repeats"]]]);
  expect(await marked(t)).toEqual([promise, main, ...again].toSorted());

  // one of them is judged anew
  t.clock.advance({ days: 1 });
  await rows(
    t,
    "insert into kernel.repeats (id, case_id, of_case_id, kind, judged_by, at) values (gen_random_uuid(), $1, $2, 'none', $3, $4)",
    [again[0], main, s.officer.personId, t.clock.now],
  );
  await countBacklog(t.kernel);
  expect(await marked(t)).toEqual([promise]);
});

test("what ends leaves with an entry", async () => {
  await using t = await openTestKernel({ now: "2026-01-02T02:00:00Z" });
  const s = await staffOf(t);
  const caseId = await file(t);
  await register(t, s, caseId);
  to(t, "2026-08-01T02:00:00Z");
  await countBacklog(t.kernel);
  expect(await marked(t)).toEqual([caseId]);
  await execute(t.kernel, guideCase, byPerson(t, caseId, s.officer), {
    reason: "属地方事务",
    body: "县信访局",
    address: "县城",
    phone: "",
    timeLimit: "",
    helper: "",
  });

  t.clock.advance({ days: 1 });
  await countBacklog(t.kernel);

  expect(await told(t, caseId)).toEqual([
    ["backlog.entered", ["age"]],
    ["backlog.left", undefined],
  ]);
});
