import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { readCase } from "../cases/read-case.ts";
import { writeMessage } from "../cases/thread.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { caller } from "../testing/call.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, register, rows } from "../testing/story.ts";
import { unitsHandlers } from "../units/handlers.ts";
import { open } from "../vault/seal.ts";
import { handToOrgan } from "./hand-to-organ.ts";

const WORD = "zebrafinch";

/** An accusation about the company: with the organ of the first battalion. */
async function accusation(t: TestKernel): Promise<string> {
  const caseId = await file(t, { purpose: "accuse", unitId: t.units.company, title: `关于${WORD}`, body: WORD });
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: `补充${WORD}`,
    visibility: "petitioner",
    fileIds: [],
  });
  return caseId;
}

const organAt = async (t: TestKernel, unit: "first" | "brigade") =>
  (
    await rows<{ id: string }>(t, "select id from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan'", [
      t.units[unit],
    ])
  )[0]?.id ?? "";

/** Whether the stored body opens with the organ's key. */
async function opensWith(t: TestKernel, caseId: string, organId: string): Promise<boolean> {
  const [row] = await rows<{ body: string }>(t, "select body from kernel.cases where id = $1", [caseId]);
  try {
    open(t.kernel.keys.organ(organId).key, Buffer.from((row?.body ?? "").slice(5), "base64"), `cases:${caseId}:body`);
    return true;
  } catch {
    return false;
  }
}

test("an organ that is concerned gives an accusation one level up: everything changes its key, it sees nothing more", async () => {
  await using t = await openTestKernel();
  const lower = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const upper = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const caseId = await accusation(t);
  const reason = `本机构涉及${WORD}`;
  const hand = (unit: string) => execute(t.kernel, handToOrgan, byPerson(t, caseId, lower), { toUnitId: unit, reason });
  expect((await readCase(t.kernel, lower, caseId)).acts.find((a) => a.act === "handToOrgan")?.refusals).toEqual([]);
  await expect(hand(t.units.first)).rejects.toMatchObject({ reasons: [{ code: "organ.same" }] });
  await expect(hand(t.units.second)).rejects.toMatchObject({ reasons: [{ code: "organ.none" }] });
  await expect(hand(t.units.company)).rejects.toMatchObject({ reasons: [{ code: "organ.none" }] });
  expect(await opensWith(t, caseId, await organAt(t, "first"))).toBe(true);

  await hand(t.units.brigade);

  expect(await opensWith(t, caseId, await organAt(t, "first"))).toBe(false);
  expect(await opensWith(t, caseId, await organAt(t, "brigade"))).toBe(true);
  expect(await whereIsWritten(t, WORD)).toEqual([]);
  await expect(readCase(t.kernel, lower, caseId)).rejects.toMatchObject({ code: "case.notFound" });
  const seen = await readCase(t.kernel, upper, caseId);
  expect([seen.title, seen.body, seen.thread[0]?.text]).toEqual([`关于${WORD}`, WORD, `补充${WORD}`]);
  expect(seen.notices.map((n) => n.code)).toEqual(["D1", "D3"]);
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(own.history.map((h) => h.text.en)).toContain("Another discipline organ handles it now");
  expect(JSON.stringify(own)).not.toContain("涉及");
  const loaded = await loadCase(t.kernel.pool, caseId, "", "");
  expect(loaded?.audience).toEqual([{ key: await organAt(t, "brigade"), depth: 0 }]);
});

test("when the unit complained of moves out from under its organ, the one above it in its new place takes over", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const lower = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const upper = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const caseId = await accusation(t);
  const ordinary = await file(t, { unitId: t.units.company });
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);

  await units.move({ unitId: t.units.company, parentId: t.units.second, version: 1, why: "整编" });

  await expect(readCase(t.kernel, lower, caseId)).rejects.toMatchObject({ code: "case.notFound" });
  const seen = await readCase(t.kernel, upper, caseId);
  expect([seen.body, seen.thread[0]?.text]).toEqual([WORD, `补充${WORD}`]);
  expect(seen.holder.id).toBe(t.units.brigade);
  expect(await whereIsWritten(t, WORD)).toEqual([]);
  const [entry] = await rows<{ facts: object }>(
    t,
    "select body::jsonb->'facts' as facts from kernel.ledger where stream = $1 order by seq desc limit 1",
    [caseId],
  );
  expect(entry?.facts).toMatchObject({
    act: "followMove",
    fromOrgan: await organAt(t, "first"),
    toOrgan: await organAt(t, "brigade"),
  });
  const plain = await rows<{ organ: string | null }>(t, "select organ_id as organ from kernel.cases where id = $1", [
    ordinary,
  ]);
  expect(plain).toEqual([{ organ: null }]);
});

test("a move that leaves the organ above the unit complained of changes nothing", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const caseId = await accusation(t);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);

  await units.move({ unitId: t.units.first, parentId: t.units.second, version: 1, why: "整编" });

  expect(await opensWith(t, caseId, await organAt(t, "first"))).toBe(true);
});

const upward = async (t: TestKernel, caseId: string) =>
  (
    await rows<{ state: string; due: string }>(
      t,
      `select state, due_on::text as due from kernel.clocks
        where case_id = $1 and explain->>'rule' = 'K10.upward' order by started_at, id`,
      [caseId],
    )
  ).map((k) => `${k.state} ${k.due}`);

test("an organ has five working days to send up what belongs to the one above; whoever gets it has them anew, until it accepts", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const lower = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const upper = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const caseId = await accusation(t);
  expect(await upward(t, caseId)).toEqual(["running 2026-03-09"]);
  const to = { toUnitId: t.units.brigade, reason: "属于上级机构管辖" };
  t.clock.now = new Date("2026-03-04T02:00:00Z");
  await execute(t.kernel, handToOrgan, byPerson(t, caseId, lower), to);
  expect(await upward(t, caseId)).toEqual(["stopped 2026-03-09", "running 2026-03-11"]);
  await register(t, { clerk: upper }, caseId, { category: "accusation", track: "accusation", confidentiality: 3 });
  expect(await upward(t, caseId)).toEqual(["stopped 2026-03-09", "running 2026-03-11"]);
  await execute(t.kernel, acceptCase, byPerson(t, caseId, upper), { office: "纪委", phone: "" });
  expect(await upward(t, caseId)).toEqual(["stopped 2026-03-09", "stopped 2026-03-11"]);
});

test("what turns out to be an accusation has these days from then on; the unit complained of is not told when they pass", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const clerk = await t.person("文书", "company", [{ role: "clerk", unit: "company" }]);
  const caseId = await file(t, { unitId: t.units.company });
  expect(await upward(t, caseId)).toEqual([]);
  t.clock.now = new Date("2026-03-03T02:00:00Z");
  await register(t, { clerk }, caseId, { category: "accusation", track: "accusation", confidentiality: 3 });
  expect(await upward(t, caseId)).toEqual(["running 2026-03-10"]);
  t.clock.now = new Date("2026-03-10T16:01:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  const told = await rows(
    t,
    "select by_unit_id as unit, by_organ_id as organ from kernel.supervision_items where case_id = $1 and code = 'K10'",
    [caseId],
  );
  expect(told).toEqual([{ unit: null, organ: await organAt(t, "brigade") }]);
});
