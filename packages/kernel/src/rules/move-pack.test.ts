import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel, testPack } from "../testing/index.ts";
import { file, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { packsHandlers } from "./handlers.ts";

const NOW = "2026-02-03T02:00:00Z";
type Clocks = typeof testPack.clocks;
const length = (code: keyof Clocks, amount: number) => ({ [code]: { ...testPack.clocks[code], amount } });

/** Version 1.1 with other lengths, in force at once. */
async function installed(t: TestKernel, clocks: object, more: object = {}): Promise<void> {
  const body = { ...testPack, version: "1.1", clocks: { ...testPack.clocks, ...clocks }, ...more };
  await t.database.pool.query(
    "insert into kernel.policy_packs (id, version, body, installed_at) values ($1, $2, $3, $4)",
    [body.id, body.version, body, t.clock.now],
  );
}
const adminOf = async (t: TestKernel) =>
  caller(t.kernel, { packs: packsHandlers })(
    await t.person("管理员", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]),
  ).packs;
const to = "test-pack@1.1";
const clocksOf = async (t: TestKernel, id: string) =>
  Object.fromEntries((await readPetitionerCase(t.kernel, id)).clocks.map((c) => [c.code, c]));
const movedTo = (t: TestKernel) =>
  rows<{ id: string; version: string }>(t, "select id, pack_version as version from kernel.cases order by id", []);

test("running cases keep their version until somebody moves them: previewed, case by case, with an entry each", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  const [one, two] = [await inHandling(t, s), await inHandling(t, s)];
  await installed(t, length("K4", 90));
  expect((await clocksOf(t, one)).K4?.dueOn).toBe("2026-04-07");

  const preview = await packs.previewMove({ unitId: t.units.brigade, to });
  expect(preview).toMatchObject({
    cases: 2,
    more: 0,
    past: 0,
    clocks: [{ code: "K4", from: "2026-04-07", to: "2026-05-06", count: 2, kept: false }],
  });
  const move = { unitId: t.units.brigade, to, reason: "新条例施行", cases: 2, mayEndPast: false };
  expect(await packs.move(move)).toEqual({ moved: 2, left: 0, refused: 0 });

  expect((await movedTo(t)).map((c) => c.version)).toEqual(["1.1", "1.1"]);
  for (const id of [one, two]) {
    const { K4 } = await clocksOf(t, id);
    expect(K4).toMatchObject({ dueOn: "2026-05-06", state: "running" });
    expect(K4?.sentence["zh-CN"]).toContain("经决定改按该版规定重新计算，原为2026年4月7日");
    expect(K4?.sentence.en).toContain("counted anew by these rules as decided, formerly 7 April 2026");
    const [entry] = await rows<{ facts: object }>(
      t,
      "select body::jsonb->'facts' as facts from kernel.ledger where stream = $1 and type = 'case.packMoved'",
      [id],
    );
    expect(entry?.facts).toMatchObject({ fromPack: "test-pack@1.0", toPack: to, due: { K4: "2026-05-06" } });
  }
  expect((await readPetitionerCase(t.kernel, one)).history.map((h) => JSON.stringify(h)).join()).toContain("新版规定");
  // sent again nothing is left, and the old preview does not count any more
  expect(await packs.move({ ...move, cases: 0 })).toEqual({ moved: 0, left: 0, refused: 0 });
  expect(await refusalOf(packs.move(move))).toBe("pack.previewOld");
  const [saved] = await rows<{ reason: string; moved: number }>(
    t,
    "select reason, moved from kernel.pack_moves order by at limit 1",
    [],
  );
  expect(saved).toEqual({ reason: "新条例施行", moved: 2 });
});

test("a right of the petitioner never becomes shorter", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  const before = (await clocksOf(t, id)).K12;
  await installed(t, length("K12", 10));

  const preview = await packs.previewMove({ unitId: t.units.brigade, to });
  const told = before?.dueOn ?? "";
  expect(preview.clocks.find((c) => c.code === "K12")).toMatchObject({ from: told, to: told, kept: true });
  await packs.move({ unitId: t.units.brigade, to, reason: "新条例施行", cases: 1, mayEndPast: false });
  const { K12 } = await clocksOf(t, id);
  expect(K12?.dueOn).toBe(told);
  expect(K12?.sentence.en).toContain("not earlier than the petitioner was told");
});

test("a date does not move to before today, unless it is said; then it is owed at once", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  const id = await inHandling(t, s);
  t.clock.now = new Date("2026-03-10T02:00:00Z");
  await installed(t, length("K4", 20));

  expect(await packs.previewMove({ unitId: t.units.brigade, to })).toMatchObject({
    past: 1,
    clocks: [{ code: "K4", from: "2026-04-07", to: "2026-04-07", kept: true }],
  });
  const move = { unitId: t.units.brigade, to, reason: "新条例施行", cases: 1 };
  await packs.move({ ...move, mayEndPast: false });
  const { K4 } = await clocksOf(t, id);
  expect(K4?.dueOn).toBe("2026-04-07");
  expect(K4?.sentence["zh-CN"]).toContain("新的到期日已过，仍以原定的2026年4月7日为准");

  const other = await openTestKernel({ now: NOW });
  await using _other = other;
  const staff = await staffOf(other);
  const late = await inHandling(other, staff);
  other.clock.now = t.clock.now;
  await installed(other, length("K4", 20));
  await (await adminOf(other)).move({ ...move, unitId: other.units.brigade, mayEndPast: true });
  expect((await clocksOf(other, late)).K4?.dueOn).toBe("2026-02-24");
});

test("what a unit had made shorter stays as short", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  await packs.tighten({
    unitId: t.units.first,
    version: 0,
    validFrom: "2026-02-03",
    reason: "从快",
    numbers: { K4: 45 },
  });
  const id = await inHandling(t, s);
  await installed(t, length("K4", 90));
  await packs.move({ unitId: t.units.brigade, to, reason: "新条例施行", cases: 1, mayEndPast: false });
  const { K4 } = await clocksOf(t, id);
  expect(K4?.dueOn).toBe("2026-03-20");
  expect(K4?.sentence.en).toContain("from 90 days since 3 February 2026");
});

test("accusations are neither counted nor moved", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  await inHandling(t, s);
  const accusation = await file(t, { purpose: "accuse" });
  await installed(t, { ...length("K4", 90), ...length("K2", 20) });
  expect(await packs.previewMove({ unitId: t.units.brigade, to })).toMatchObject({ cases: 1 });
  await packs.move({ unitId: t.units.brigade, to, reason: "新条例施行", cases: 1, mayEndPast: false });
  expect((await movedTo(t)).find((c) => c.id === accusation)?.version).toBe("1.0");
  expect((await packs.versions({ unitId: t.units.brigade })).packs.map((p) => p.running)).toEqual([1, 0]);
});

test.each([
  ["a version that is not installed", "test-pack@7.0", {}, "pack.notInstalled"],
  ["one that is not in force yet", to, { validFrom: "2027-01-01" }, "pack.notNewer"],
  ["another pack than the unit's", "other@1.1", { id: "other" }, "pack.notNewer"],
] as const)("refused: %s", async (_what, key, more, code) => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  await installed(t, {}, more);
  expect(await refusalOf(packs.previewMove({ unitId: t.units.brigade, to: key }))).toBe(code);
});
