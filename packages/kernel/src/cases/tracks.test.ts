import { expect, test } from "vitest";
import type { DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { ordinaryAfterLapse } from "../sweep/simple-lapsed.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, register, rows, staffOf } from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { assignHandler } from "./handling.ts";
import { readCase } from "./read-case.ts";
import { draftReply } from "./reply.ts";
import { assignCaseToUnit } from "./route.ts";
import { switchBeforeAcceptance, switchInHandling } from "./tracks.ts";

const why = (act: Promise<unknown>) =>
  act.then(
    () => ["done"],
    (error: DoorstepError) => (error.reasons.length > 0 ? error.reasons.map((r) => r.code) : [error.code]),
  );
const simple = { track: "simple", simpleFits: true } as const;
const clocks = async (t: TestKernel, id: string) =>
  Object.fromEntries(
    (
      await rows<{ code: string; said: string }>(
        t,
        "select code, state || ' ' || due_on::text as said from kernel.clocks where case_id = $1 order by started_at, id",
        [id],
      )
    ).map((c) => [c.code, c.said]),
  );

test("a simple matter has three working days from its receipt, and ten from its acceptance", async () => {
  await using t = await openTestKernel({ now: "2026-09-17T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  t.clock.now = new Date("2026-09-18T02:00:00Z");
  await register(t, s, id, simple);
  // the vector of SPEC §5: 3 working days from 17 September
  expect(await clocks(t, id)).toMatchObject({ K6: "running 2026-09-21" });
  t.clock.now = new Date("2026-09-21T02:00:00Z");
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "营房股", phone: "" });
  expect(await clocks(t, id)).toMatchObject({ K6: "stopped 2026-09-21", K8: "running 2026-10-12" });
});

test("once accepted, it goes over by the decision of a person alone", async () => {
  await using t = await openTestKernel({ now: "2026-09-17T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id, simple);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "营房股", phone: "" });
  const byItself = { caseId: id, key: t.key(), party: { kind: "system" } } as const;
  expect(await why(execute(t.kernel, switchInHandling, byItself, { reason: "逾期" }))).not.toEqual(["done"]);
  expect(await why(execute(t.kernel, switchInHandling, byPerson(t, id, s.officer), { reason: "情况复杂" }))).toEqual([
    "done",
  ]);
});

test("what is assigned from above, joint, major, of several units, statutory or unchecked is not simple", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const plain = await file(t);
  const asked = async (id: string, more: object) => why(register(t, s, id, { ...simple, ...more }));
  expect(await asked(plain, { simpleFits: false })).toEqual(["simple.unchecked"]);
  expect(await asked(plain, { severity: "serious" })).toEqual(["simple.major"]);
  expect(await asked(plain, { subRoute: 3 })).toEqual(["simple.statutory"]);
  const units = [t.units.second, t.units.company].map((unitId) => ({ kind: "unit", unitId }));
  expect(await asked(plain, { respondents: units })).toEqual(["simple.severalUnits"]);
  expect(await asked(await file(t, { headcount: 14 }), {})).toEqual(["simple.joint"]);
  expect(await asked(await file(t, { via: "assignedFromAbove" }), {})).toEqual(["simple.assigned"]);
  expect(await asked(plain, {})).toEqual(["done"]);
});

test("K4 is counted from the original acceptance; the petitioner reads why; there is no way back", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id, simple);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "营房股", phone: "" });
  t.clock.now = new Date("2026-02-10T02:00:00Z");
  const because = { reason: "需要核对两个年度的档案" };
  for (const who of [s.clerk, s.signer])
    expect(await why(execute(t.kernel, switchInHandling, byPerson(t, id, who), because))).toEqual(["forbidden"]);
  expect(await why(execute(t.kernel, switchInHandling, byPetitioner(t, id), because))).toEqual(["forbidden"]);
  await execute(t.kernel, switchInHandling, byPerson(t, id, s.officer), because);
  const now = await clocks(t, id);
  // the vector of SPEC §5: 60 days from 3 February
  expect(now.K4).toBe("running 2026-04-07");
  expect(now.K8).toMatch(/^stopped/);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.thread.map((m) => m.text).join()).toContain(because.reason);
  expect((await readCase(t.kernel, s.officer, id)).track).toBe("ordinary");
  expect(await why(execute(t.kernel, switchInHandling, byPerson(t, id, s.officer), because))).toEqual([
    "track.notSimple",
  ]);
});

test("a simple matter nobody accepts in time goes over by itself, K2 still from the receipt", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id, simple);
  t.clock.now = new Date("2026-03-05T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await ordinaryAfterLapse(t.kernel)).toBe(0);
  t.clock.now = new Date("2026-03-06T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await ordinaryAfterLapse(t.kernel)).toBe(1);
  expect(await ordinaryAfterLapse(t.kernel)).toBe(0);
  expect((await readCase(t.kernel, s.officer, id)).track).toBe("ordinary");
  expect(await clocks(t, id)).toMatchObject({ K2: "running 2026-03-17", K6: "stopped 2026-03-05" });
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "营房股", phone: "" });
  expect((await clocks(t, id)).K4).toMatch(/^running/);
});

test("what is assigned to another unit with a report owed is ordinary from then on", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id, simple);
  const toUnit = {
    kind: "assign",
    toUnitId: t.units.company,
    reason: "交办",
    legalGround: "",
    periodDays: 20,
  } as const;
  await execute(t.kernel, assignCaseToUnit, byPerson(t, id, s.officer), toUnit);
  expect((await readCase(t.kernel, s.officer, id)).track).toBe("ordinary");
  expect((await clocks(t, id)).K6).toMatch(/^stopped/);
  const again = execute(t.kernel, switchBeforeAcceptance, byPerson(t, id, s.officer), { reason: "再转一次" });
  expect(await why(again)).not.toEqual(["done"]);
});

test("an adopted suggestion says by when, wholly or in part", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t, { purpose: "suggest" });
  await register(t, s, id, { category: "suggestion", track: "suggestion", subRoute: null });
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "政治处", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  const [demand] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1", [id]);
  const answer = { demandId: demand?.id as string, facts: "每周四会", opinion: "合并为两会", basis: "军队条例" };
  const draft = (outcome: "adopted" | "partlyAdopted" | "notAdopted", steps: string) =>
    why(
      execute(t.kernel, draftReply, byPerson(t, id, s.handler), {
        kind: "answer",
        demands: [{ ...answer, outcome, steps }],
        summary: "采纳",
      }),
    );
  for (const outcome of ["adopted", "partlyAdopted"] as const)
    expect(await draft(outcome, "")).toEqual(["reply.stepsMissing"]);
  expect(await draft("notAdopted", "")).toEqual(["done"]);
  expect(await draft("partlyAdopted", "6月起试行")).toEqual(["done"]);
});
