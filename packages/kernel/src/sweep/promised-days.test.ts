import { expect, test } from "vitest";
import { listNotifications } from "../notifications/read-notifications.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { personKey } from "../vault/keys.ts";
import { tellPromisedDays } from "./promised-days.ts";

const awaited = (t: TestKernel, caseId: string) =>
  rows<{ recipient: string; on: string; due: string; must: boolean }>(
    t,
    `select recipient, params ->> 'on' as on, params ->> 'dueOn' as due, must_acknowledge as must
       from kernel.notifications where case_id = $1 and kind = 'awaited' order by at`,
    [caseId],
  );

/** To the day before the running period of the case ends, in the unit's morning. */
async function dayBefore(t: TestKernel, caseId: string): Promise<string> {
  const [row] = await rows<{ due: string }>(
    t,
    `select due_on::text as due from kernel.clocks where case_id = $1 and state = 'running' and code in ('K2', 'K4') order by code desc limit 1`,
    [caseId],
  );
  t.clock.now = new Date(`${row?.due ?? ""}T02:00:00Z`);
  t.clock.advance({ days: -1 });
  return row?.due ?? "";
}

test("who cannot be told comes on the day of his receipt: his handler is told the day before, and each day until he is answered", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  expect(await tellPromisedDays(t.kernel)).toBe(0);
  const due = await dayBefore(t, id);
  expect(await tellPromisedDays(t.kernel)).toBe(1);
  expect(await tellPromisedDays(t.kernel)).toBe(0);
  t.clock.advance({ days: 1 });
  expect(await tellPromisedDays(t.kernel)).toBe(1);
  const before = new Date(t.clock.now.getTime() - 86_400_000).toISOString().slice(0, 10);
  expect(await awaited(t, id)).toEqual([
    { recipient: s.handler.personId, on: before, due, must: true },
    { recipient: s.handler.personId, on: due, due, must: true },
  ]);
  const { items } = await listNotifications(t.kernel, s.handler, { limit: 5 } as never);
  expect(items[0]).toMatchObject({ kind: "awaited", caseId: id, params: { dueOn: due } });

  await reply(t, s, id);
  t.clock.advance({ days: 1 });
  expect(await tellPromisedDays(t.kernel)).toBe(0);
});

test("whoever left a name or has an account is told otherwise; of an accusation the organ alone hears; nobody there yet: the officers", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const soldier = await t.person("林小满", "company", []);
  const petitioner = { name: "张三", kind: "nco", contact: "138 0000 0001", filingFor: "self" } as const;
  const named = await file(t, { anonymity: "confidential", petitioner });
  const own = await file(t);
  await rows(
    t,
    `insert into kernel.case_audience select $1, case_id, due, received, -1, conf, status, open, category, channel, holder
       from kernel.case_audience where case_id = $2 limit 1`,
    [personKey(t.kernel.keys, soldier.personId), own],
  );
  const secret = await file(t, { purpose: "accuse", title: "举报" });
  const waiting = await file(t);
  await dayBefore(t, waiting);
  await tellPromisedDays(t.kernel);
  const toldOf = async (id: string) => (await awaited(t, id)).map((n) => n.recipient).toSorted();
  expect([await toldOf(named), await toldOf(own)]).toEqual([[], []]);
  expect(await toldOf(waiting)).toEqual([s.clerk.personId, s.officer.personId].toSorted());
  expect(await toldOf(secret)).toEqual([organ.personId]);
});
