import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { assignHandler } from "../cases/handling.ts";
import { registerCase } from "../cases/register.ts";
import { deliverReply, sealReply } from "../cases/reply.ts";
import { execute } from "../pipeline/execute.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, draft, file, latestLetter, rows, type Staff } from "../testing/story.ts";

const clocksOf = (t: TestKernel, id: string) =>
  rows<{ state: string; due: string; rule: string }>(
    t,
    "select state, due_on::text as due, explain->>'rule' as rule from kernel.clocks where case_id = $1 and code = 'K11'",
    [id],
  );

/** An accusation that the organ has decided: the letter is sealed and not yet sent. */
async function sealed(t: TestKernel) {
  const organ = (name: string) => t.person(name, "brigade", [{ role: "discipline", unit: "brigade" }]);
  const [one, two] = [await organ("纪检甲"), await organ("纪检乙")];
  const id = await file(t, { purpose: "accuse" });
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, one), accusation as never);
  await execute(t.kernel, acceptCase, byPerson(t, id, one), { office: "旅纪委", phone: "" });
  await execute(t.kernel, assignHandler, byPerson(t, id, one), {
    handlerId: one.personId,
    plan: "核查合同",
    heardOn: null,
  });
  await draft(t, { handler: one } as Staff, id, "已依纪处理");
  expect(await clocksOf(t, id)).toEqual([]);
  const noticeId = await latestLetter(t, id, "D16");
  await execute(t.kernel, sealReply, byPerson(t, id, two), { noticeId });
  return { id, noticeId, two };
}

test("what an organ has decided is told within K11, and the delivery ends it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { id, noticeId, two } = await sealed(t);
  expect(await clocksOf(t, id)).toEqual([{ state: "running", due: "2026-03-23", rule: "K11.result" }]);
  await execute(t.kernel, deliverReply, byPerson(t, id, two), {
    noticeId,
    method: "portal",
    receivedOn: null,
    proof: "",
  });
  expect(await clocksOf(t, id)).toMatchObject([{ state: "stopped" }]);
});

test("nobody was told in time: the organ above is alerted, and no unit", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { id } = await sealed(t);
  t.clock.now = new Date("2026-03-24T02:00:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  expect(await clocksOf(t, id)).toMatchObject([{ state: "breached" }]);
  const items = await rows<{ kind: string; unit: string | null }>(
    t,
    "select kind, by_unit_id as unit from kernel.supervision_items where case_id = $1 and code = 'K11'",
    [id],
  );
  expect(items).toEqual([{ kind: "alert", unit: null }]);
});
