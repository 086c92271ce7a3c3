import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { answerAssist, askAssist } from "../cases/assists.ts";
import { readCase } from "../cases/read-case.ts";
import { inChange } from "../change.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { mergeUnits } from "../units/merge-units.ts";
import { askCheck, endCheck, endChecks } from "./checks.ts";

const ask = (t: TestKernel, caseId: string, by: Actor, unitId: string, days = 15) =>
  execute(t.kernel, askCheck, byPerson(t, caseId, by), { unitId, days });
/** As he is loaded for a request of his own now. */
const now = async (t: TestKernel, who: Actor): Promise<Actor> =>
  (await loadActor(t.kernel, who.personId, t.kernel.now())) ?? who;

async function replied() {
  const t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const second = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  const caseId = await inHandling(t, s);
  await reply(t, s, caseId);
  const reads = async (who: Actor) => {
    const found = await readCase(t.kernel, await now(t, who), caseId).catch((error) => error.code);
    return typeof found === "string" ? found : "reads";
  };
  return { t, s, second, caseId, reads };
}

test("a third unit reads a petition that was answered, changes nothing of it, and reads no more once it has said", async () => {
  const { t, s, second, caseId, reads } = await replied();
  await using _ = t;
  const besides = await t.person("二营承办人", "second", [{ role: "handler", unit: "second" }]);
  expect(await reads(second)).toBe("case.notFound");

  await ask(t, caseId, s.officer, t.units.second);
  expect(await reads(second)).toBe("reads");
  expect(await reads(besides)).toBe("case.notFound");
  const change = execute(t.kernel, answerAssist, byPerson(t, caseId, await now(t, second)), {
    assistId: crypto.randomUUID(),
    report: "验收时改动不了任何东西。",
  });
  await expect(change).rejects.toMatchObject({ code: "access.readOnly" });
  await expect(ask(t, caseId, s.officer, t.units.second)).rejects.toMatchObject({ params: { reasons: "check.open" } });

  const end = async (by: Actor) => endCheck(t.kernel, await now(t, by), { caseId, unitId: t.units.second });
  await expect(end(besides)).rejects.toMatchObject({ code: "case.notFound" });
  await expect(end(s.handler)).rejects.toMatchObject({ code: "check.notFound" });
  await end(second);
  expect(await reads(second)).toBe("case.notFound");
  await expect(end(second)).rejects.toMatchObject({ code: "case.notFound" });
  const entries = await rows<{ body: string }>(t, "select body from kernel.ledger where type like 'check.%'");
  expect(entries).toHaveLength(2);
  expect(entries.map((one) => one.body).join()).toContain(t.units.second);
  // asked anew, and called off by the holder
  await ask(t, caseId, s.officer, t.units.second);
  expect(await reads(second)).toBe("reads");
  await end(s.officer);
  await expect(end(s.officer)).rejects.toMatchObject({ code: "check.notFound" });
  expect(await reads(second)).toBe("case.notFound");
});

test("two who ask the same unit at once ask it once; the other is told so", async () => {
  const { t, s, caseId } = await replied();
  await using _ = t;
  const asked = await Promise.allSettled([1, 2].map(() => ask(t, caseId, s.officer, t.units.second)));
  expect(asked.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const refused = asked.find((one) => one.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "act.refused", reasons: [{ code: "check.open" }] });
  expect(await rows(t, "select unit_id from kernel.case_checks")).toEqual([{ unit_id: t.units.second }]);
});

const joined = (t: TestKernel, into: object) =>
  inChange(t.kernel, "system", (change) =>
    mergeUnits(change, t.kernel.modules, {
      ...{ units: [{ unitId: t.units.second, version: 1 }], into, why: "合并" },
    } as never),
  );

test("whoever takes the place of the unit that checks goes on checking", async () => {
  const { t, s, second, caseId, reads } = await replied();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second);
  await joined(t, { kind: "new", parentId: t.units.brigade, code: "THIRD", name: { "zh-CN": "三营", en: "Third" } });

  expect(await reads(second)).toBe("reads");
  // the module still names the unit that it has asked
  await endCheck(t.kernel, await now(t, second), { caseId, unitId: t.units.second });
  expect(await reads(second)).toBe("case.notFound");
});

test("whoever holds the petition does not check it by taking the place of the unit that did", async () => {
  const { t, s, caseId } = await replied();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second);
  await joined(t, { kind: "existing", unitId: t.units.first, version: 1 });

  expect(await rows(t, "select unit_id from kernel.case_checks")).toEqual([{ unit_id: t.units.second }]);
  await expect(endCheck(t.kernel, await now(t, s.handler), { caseId, unitId: t.units.first })).rejects.toMatchObject({
    code: "check.notFound",
  });
});

test("a unit that was asked to help with the petition does not check it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await execute(t.kernel, askAssist, byPerson(t, caseId, s.officer), {
    ...{ unitId: t.units.second, question: "预算卡在哪里？", days: 10 },
  });

  await expect(ask(t, caseId, s.officer, t.units.second)).rejects.toMatchObject({ params: { reasons: "check.line" } });
});

test("it reads no longer than its time, whether or not anybody ends it", async () => {
  const { t, s, second, caseId, reads } = await replied();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second, 2);
  t.clock.now = new Date("2026-03-04T01:59:00Z");
  expect(await endChecks(t.kernel)).toBe(0);
  expect(await reads(second)).toBe("reads");
  t.clock.now = new Date("2026-03-04T02:01:00Z");
  expect(await reads(second)).toBe("case.notFound");
  expect(await endChecks(t.kernel)).toBe(1);
  expect(await rows(t, "select from kernel.case_audience where depth = -2")).toEqual([]);
});

test("neither the holder, nor a unit in its line, nor one complained of; nobody else asks", async () => {
  const { t, s, second, caseId } = await replied();
  await using _ = t;
  const codes = (unitId: string, by = s.officer) =>
    ask(t, caseId, by, unitId).then(
      () => "done",
      (error) => error.params?.reasons ?? error.code,
    );
  expect(await codes(t.units.first)).toContain("check.line");
  expect(await codes(t.units.brigade)).toBe("check.line");
  expect(await codes(t.units.company)).toBe("check.line");
  expect(await codes(crypto.randomUUID())).toBe("unit.notFound");
  expect(await codes(t.units.second, s.handler)).toBe("forbidden");
  expect(await codes(t.units.second, second)).toBe("case.notFound");
  await rows(
    t,
    "insert into kernel.respondents (id, case_id, kind, unit_id) values (gen_random_uuid(), $1, 'unit', $2)",
    [caseId, t.units.second],
  );
  expect(await codes(t.units.second)).toBe("unit.notRespondent");
  expect(await rows(t, "select from kernel.case_checks")).toEqual([]);
});
