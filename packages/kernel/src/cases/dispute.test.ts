import { expect, test } from "vitest";
import type { Actor, DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, register, rows, staffOf } from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { designateUnit, objectToTransfer, refuseReturn, takeBack } from "./dispute.ts";
import { readCase } from "./read-case.ts";
import { transferCase } from "./route.ts";

const codes = (error: unknown): readonly string[] => {
  const { code, reasons } = error as DoorstepError;
  return reasons.length > 0 ? reasons.map((r) => r.code) : [code];
};
const refusalOf = (act: Promise<unknown>): Promise<readonly string[]> => act.then(() => [], codes);

const objection = { reasons: "公寓房由后勤保障部门管理，本营不承担维修。", legalGround: "" };
const passOn = (unit: string) => ({
  kind: "transfer" as const,
  toUnitId: unit,
  reason: "由主管单位办理",
  legalGround: "",
});

/** Filed at the first battalion, passed to the second. */
async function routed(t: TestKernel) {
  const s = await staffOf(t);
  const second = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  const brigade = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const id = await file(t);
  await register(t, s, id);
  await execute(t.kernel, transferCase, byPerson(t, id, s.officer), passOn(t.units.second));
  return { s, second, brigade, id };
}
const holderOf = async (t: TestKernel, id: string) =>
  (
    await rows<{ status: string; unit: string; hops: number }>(
      t,
      "select status, holder_unit_id as unit, hops from kernel.cases where id = $1",
      [id],
    )
  )[0];
const clocksOf = (t: TestKernel, id: string) =>
  rows<{ code: string; state: string; due_on: string }>(
    t,
    "select code, state, due_on::text from kernel.clocks where case_id = $1 and code in ('K2', 'K3', 'K29') order by code",
    [id],
  );

test("an objection leaves the holder and its clocks as they are, until the sender agrees and takes the case back", async () => {
  await using t = await openTestKernel({ now: "2026-02-12T02:00:00Z" });
  const { s, second, id } = await routed(t);
  // the vector of SPEC §5: five working days over the Spring Festival
  expect(await clocksOf(t, id)).toContainEqual({ code: "K3", state: "running", due_on: "2026-02-26" });

  await execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection);
  expect(await holderOf(t, id)).toMatchObject({ status: "routed", unit: t.units.second });
  expect((await clocksOf(t, id)).map((c) => [c.code, c.state])).toEqual([
    ["K2", "running"],
    ["K29", "running"],
    ["K3", "stopped"],
  ]);
  expect(await refusalOf(execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection))).toContain(
    "leg.objected",
  );
  // the sender reads why, and answers
  const letters = (await readCase(t.kernel, s.officer, id)).notices.filter((n) => n.code === "D6");
  expect(letters.map((n) => n.name.en)).toEqual(["Objection to a transfer"]);

  await execute(t.kernel, takeBack, byPerson(t, id, s.officer), { agree: true, reason: "情况属实" });
  const answered = (await readCase(t.kernel, s.officer, id)).notices.filter((n) => n.code === "D6");
  expect(answered.map((n) => n.name.en)).toEqual(["Objection to a transfer", "Answer to an objection"]);
  expect(await holderOf(t, id)).toEqual({ status: "registered", unit: t.units.first, hops: 1 });
  expect((await clocksOf(t, id)).map((c) => [c.code, c.state])).toEqual([
    ["K2", "running"],
    ["K29", "stopped"],
    ["K3", "stopped"],
  ]);
  await expect(readCase(t.kernel, second, id)).rejects.toMatchObject({ code: "case.notFound" });
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.letters.map((l) => l.code)).not.toContain("D6");
  expect(seen.history.at(-1)?.text.en).toContain("went back");
});

test("where the sender does not agree, the common superior names the unit, which cannot object again", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, second, brigade, id } = await routed(t);
  const named = { toUnitId: t.units.second, reason: "公寓房由二营使用管理", legalGround: "" };
  expect(await refusalOf(execute(t.kernel, designateUnit, byPerson(t, id, brigade), named))).toEqual(["leg.noDispute"]);

  await execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection);
  await execute(t.kernel, refuseReturn, byPerson(t, id, s.officer), { agree: false, reason: "属于二营职责" });
  expect(await holderOf(t, id)).toMatchObject({ status: "routed", unit: t.units.second });
  expect(
    await refusalOf(execute(t.kernel, takeBack, byPerson(t, id, s.officer), { agree: true, reason: "同意" })),
  ).toEqual(["leg.noObjection"]);
  for (const who of [second, s.officer])
    expect(await refusalOf(execute(t.kernel, designateUnit, byPerson(t, id, who), named))).toEqual(["forbidden"]);

  await execute(t.kernel, designateUnit, byPerson(t, id, brigade), named);
  expect(await holderOf(t, id)).toEqual({ status: "routed", unit: t.units.second, hops: 2 });
  expect((await clocksOf(t, id)).find((c) => c.code === "K29")?.state).toBe("stopped");
  expect(await refusalOf(execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection))).toContain(
    "clock.running",
  );
  await execute(t.kernel, acceptCase, byPerson(t, id, second), { office: "营房股", phone: "" });
  expect((await holderOf(t, id))?.status).toBe("accepted");
  const codesOf = (await readCase(t.kernel, second, id)).notices.map((n) => n.code);
  expect(codesOf).toEqual(expect.arrayContaining(["D6", "D7", "D3"]));
});

test("after two hops it goes up: it can be neither passed on nor returned", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, second, brigade, id } = await routed(t);
  const back = async (): Promise<void> => {
    await execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection);
    await execute(t.kernel, takeBack, byPerson(t, id, s.officer), { agree: true, reason: "同意" });
  };
  await back();
  await execute(t.kernel, transferCase, byPerson(t, id, s.officer), passOn(t.units.second));
  await execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection);
  expect(
    await refusalOf(execute(t.kernel, takeBack, byPerson(t, id, s.officer), { agree: true, reason: "同意" })),
  ).toEqual(["hops.left"]);
  await execute(t.kernel, designateUnit, byPerson(t, id, brigade), {
    ...passOn(t.units.first),
    toUnitId: t.units.first,
  });
  expect(await holderOf(t, id)).toMatchObject({ status: "routed", unit: t.units.first });
});

test("objecting takes an officer of the receiving unit, in time, with reasons; answering takes one of the sender's", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, second, id } = await routed(t);
  const secondClerk = await t.person("二营文书", "second", [{ role: "clerk", unit: "second" }]);
  const object = (who: Actor) => refusalOf(execute(t.kernel, objectToTransfer, byPerson(t, id, who), objection));
  expect(await object(secondClerk)).toEqual(["forbidden"]);
  expect(await object(s.officer)).toEqual(["forbidden"]);
  expect(await refusalOf(execute(t.kernel, objectToTransfer, byPetitioner(t, id), objection))).toEqual(["forbidden"]);
  expect(await refusalOf(execute(t.kernel, takeBack, byPerson(t, id, second), { agree: true, reason: "x" }))).toEqual([
    "forbidden",
  ]);
  expect(
    await refusalOf(execute(t.kernel, takeBack, byPerson(t, id, s.officer), { agree: true, reason: "x" })),
  ).toEqual(["leg.noObjection"]);
  t.clock.now = new Date("2026-03-10T02:00:00Z");
  await rows(t, "update kernel.clocks set state = 'breached' where case_id = $1 and code = 'K3'", [id]);
  expect(await object(second)).toEqual(["clock.running"]);
});
