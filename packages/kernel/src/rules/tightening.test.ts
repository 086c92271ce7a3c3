import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { byPerson, file, inHandling, register, rows, staffOf } from "../testing/story.ts";
import { packsHandlers } from "./handlers.ts";
import { loadRules } from "./load-rules.ts";

const NOW = "2026-02-03T02:00:00Z";
const TODAY = "2026-02-03";
const adminOf = async (t: TestKernel, unit: TestUnit = "brigade", subtree = true) =>
  caller(t.kernel, { packs: packsHandlers })(await t.person("管理员", unit, [{ role: "unitAdmin", unit, subtree }]))
    .packs;
const save = (unitId: string, numbers: Record<string, number>, more: object = {}) => ({
  unitId,
  version: 0,
  validFrom: TODAY,
  reason: "本旅要求从快答复",
  numbers,
  ...more,
});
const dueOf = async (t: TestKernel, caseId: string, code: string) =>
  (await readPetitionerCase(t.kernel, caseId)).clocks.find((c) => c.code === code);

test("a shorter length of the unit above holds below: the new clock, its sentence and the entry name it", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const packs = await adminOf(t);
  const before = await inHandling(t, s);

  const table = await packs.tighten(save(t.units.brigade, { K4: 45, K2: 10 }));

  expect(table).toMatchObject({ version: 1, validFrom: TODAY, mayTighten: true });
  expect(table.rows.find((r) => r.ref === "K4")).toMatchObject({ amount: 45, packAmount: 60, max: 60, ownAmount: 45 });
  // what runs keeps what it was started with
  expect((await dueOf(t, before, "K4"))?.dueOn).toBe("2026-04-07");
  const after = await inHandling(t, s);
  const clock = await dueOf(t, after, "K4");
  expect(clock?.dueOn).toBe("2026-03-20");
  expect(clock?.sentence["zh-CN"]).toContain("brigade单位自2026年2月3日起将规定的60日自行缩短");
  expect(clock?.sentence.en).toContain("shortened by brigade unit from 60 days since 3 February 2026");
  const facts = await rows<{ shortened: object }>(
    t,
    "select body::jsonb->'facts'->'shortened' as shortened from kernel.ledger where stream = $1 and type in ('case.received', 'case.accepted') order by seq",
    [after],
  );
  expect(facts).toEqual([{ shortened: { K2: 10 } }, { shortened: { K4: 45 } }]);
  const own = await rows<{ type: string; actor: string; body: string }>(
    t,
    "select type, actor, body from kernel.ledger where stream = $1",
    [t.units.brigade],
  );
  expect(own).toMatchObject([{ type: "policy.changed" }]);
  expect(own[0]?.body).toContain('"K4":45');
  expect(own[0]?.body).not.toContain("从快");

  const below = await packs.get({ unitId: t.units.first });
  expect(below.rows.find((r) => r.ref === "K4")).toMatchObject({
    amount: 45,
    max: 45,
    ownAmount: null,
    inherited: { amount: 45, unit: { en: "brigade unit" }, validFrom: TODAY },
  });
});

test("a unit below can only be stricter, and what a superior makes shorter later counts for it", async () => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  await packs.tighten(save(t.units.brigade, { K2: 10 }));

  expect(await refusalOf(packs.tighten(save(t.units.first, { K2: 11 })))).toBe("pack.looser");
  const table = await packs.tighten(save(t.units.first, { K2: 8, K4: 60 }));
  expect(table.rows.find((r) => r.ref === "K2")).toMatchObject({ amount: 8, max: 10, inherited: { amount: 10 } });
  // what holds anyway is not kept as the unit's own
  expect(table.rows.find((r) => r.ref === "K4")).toMatchObject({ ownAmount: null });
  expect((await dueOf(t, await file(t), "K2"))?.dueOn).toBe("2026-02-11");

  const preview = await packs.preview(save(t.units.brigade, { K2: 6 }, { version: 1 }));
  expect(preview).toMatchObject({ overridden: 1, running: 1, changes: [{ ref: "K2", from: 10, to: 6 }] });
  await packs.tighten(save(t.units.brigade, { K2: 6 }, { version: 1 }));
  expect((await dueOf(t, await file(t), "K2"))?.dueOn).toBe("2026-02-09");
});

test("it holds from its day on, and taking it back touches new clocks alone", async () => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  const later = await packs.tighten(save(t.units.first, { K2: 5 }, { validFrom: "2026-02-05" }));
  expect(later.rows.find((r) => r.ref === "K2")).toMatchObject({ amount: 15, ownAmount: 5 });
  expect((await dueOf(t, await file(t), "K2"))?.dueOn).toBe("2026-02-24");

  t.clock.now = new Date("2026-02-05T02:00:00Z");
  const short = await file(t);
  expect((await dueOf(t, short, "K2"))?.dueOn).toBe("2026-02-10");
  await packs.tighten(save(t.units.first, {}, { version: 1, validFrom: "2026-02-05" }));
  expect((await dueOf(t, await file(t), "K2"))?.dueOn).toBe("2026-02-24");
  expect((await dueOf(t, short, "K2"))?.dueOn).toBe("2026-02-10");
  const { own, packs: installed } = await packs.versions({ unitId: t.units.first });
  expect(own).toMatchObject([
    { version: 2, numbers: {} },
    { version: 1, numbers: { K2: 5 }, by: "管理员", reason: "本旅要求从快答复" },
  ]);
  expect(installed).toMatchObject([{ id: "test-pack", current: true, running: 3 }]);
});

test.each([
  ["the petitioner's own time", { K12: 10 }, {}, "pack.fixed"],
  ["a promised date", { K25: 3 }, {}, "pack.fixed"],
  ["notice before an event", { K17: 5 }, {}, "pack.fixed"],
  ["more than the pack gives", { K4: 61 }, {}, "pack.looser"],
  ["a period the pack does not know", { K33: 2 }, {}, "pack.unknownClock"],
  ["a day that is over", { K4: 50 }, { validFrom: "2026-02-02" }, "pack.validFromPast"],
  ["an older version of the numbers", { K4: 50 }, { version: 3 }, "pack.stale"],
  ["no reason", { K4: 50 }, { reason: " " }, "BAD_REQUEST"],
] as const)("refused: %s", async (_what, numbers, more, code) => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  expect(await refusalOf(packs.tighten(save(t.units.first, numbers, more)))).toBe(code);
  expect(await rows(t, "select * from kernel.tightenings", [])).toEqual([]);
});

test("of two who save at once one is told that the numbers have changed", async () => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  const both = await Promise.all([5, 6].map((n) => refusalOf(packs.tighten(save(t.units.first, { K2: n })))));
  expect(both.filter((r) => r === "pack.stale")).toHaveLength(1);
  expect(await rows(t, "select version from kernel.tightenings", [])).toEqual([{ version: 1 }]);
});

test("only who administers the unit may; another unit's does not exist for him", async () => {
  await using t = await openTestKernel({ now: NOW });
  const second = await adminOf(t, "second");
  expect(await refusalOf(second.tighten(save(t.units.first, { K2: 5 })))).toBe("unit.notFound");
  expect(await refusalOf(second.get({ unitId: t.units.first }))).toBe("unit.notFound");
  const both = caller(t.kernel, { packs: packsHandlers })(
    await t.person("两职", "second", [
      { role: "unitAdmin", unit: "second" },
      { role: "officer", unit: "first" },
    ]),
  ).packs;
  expect(await refusalOf(both.tighten(save(t.units.first, { K2: 5 })))).toBe("forbidden");
  const officer = caller(t.kernel, { packs: packsHandlers })(
    await t.person("干事", "first", [{ role: "officer", unit: "first" }]),
  ).packs;
  expect(await refusalOf(officer.tighten(save(t.units.first, { K2: 5 })))).toBe("forbidden");
  expect((await officer.get({ unitId: t.units.first })).mayTighten).toBe(false);
});

test("periods are tried out with the very numbers and days a clock would use", async () => {
  await using t = await openTestKernel({ now: NOW });
  const packs = await adminOf(t);
  await packs.tighten(save(t.units.first, { K4: 45 }));
  const tried = await packs.trial({
    unitId: t.units.first,
    lines: [
      { ref: "K4", startOn: "2026-02-03" },
      { ref: "K4", startOn: "2026-02-03", extensionDays: 30 },
      { ref: "K16", startOn: "2026-06-01", excluded: [{ from: "2026-06-10", to: "2026-06-15", why: "hearing" }] },
      { ref: "K25", startOn: "2026-02-03", ownDate: "2026-03-01" },
    ],
  });
  expect(tried.lines.map((l) => l.explain.due)).toEqual(["2026-03-20", "2026-04-20", "2026-07-07", "2026-03-01"]);
  expect(tried.lines[0]?.sentence["zh-CN"]).toContain("缩短");
  expect(tried.lines[0]?.signals.map((x) => x.signal)).toEqual([
    "half",
    "eightyPercent",
    "threeDaysLeft",
    "due",
    "overdue",
  ]);
  expect(tried.days.find((d) => d.date === "2026-02-14")).toMatchObject({ kind: "work" });
  expect(tried.days.find((d) => d.date === "2026-02-17")).toMatchObject({ kind: "off" });
  const one = (line: object) =>
    refusalOf(packs.trial({ unitId: t.units.first, lines: [{ startOn: TODAY, ...line } as never] }));
  expect(await one({ ref: "K23" })).toBe("trial.notByDays");
  expect(await one({ ref: "K17" })).toBe("trial.notByDays");
  expect(await one({ ref: "K99" })).toBe("pack.unknownClock");
  expect(await one({ ref: "K2", extensionDays: 1 })).toBe("extension.tooLong");
  expect(await one({ ref: "K2", excluded: [{ from: TODAY, to: TODAY, why: "other" }] })).toBe("trial.noPause");
  expect(await one({ ref: "K25" })).toBe("clock.ownLengthMissing");
});

test("another process of the house knows it with its next act", async () => {
  await using t = await openTestKernel({ now: NOW });
  const s = await staffOf(t);
  const other = { ...t, kernel: { ...t.kernel, rules: await loadRules(t.kernel.pool) } };
  const id = await file(other);
  await (await adminOf(t)).tighten(save(t.units.first, { K2: 5, K4: 30 }));

  expect((await dueOf(t, await file(other), "K2"))?.dueOn).toBe("2026-02-09");
  await (await adminOf(t)).tighten(save(t.units.first, { K4: 20 }, { version: 1 }));
  await register(other, s, id);
  await execute(other.kernel, acceptCase, byPerson(other, id, s.officer), { office: "财务股", phone: "" });
  expect((await dueOf(t, id, "K4"))?.sentence.en).toContain("20 days");
});
