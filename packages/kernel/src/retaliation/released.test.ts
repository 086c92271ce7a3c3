import { expect, test } from "vitest";
import { readReleases } from "../figures/read-releases.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file } from "../testing/story.ts";
import { acknowledgeReport, concludeReport, decideProtection } from "./acts.ts";
import { releaseReports } from "./released.ts";
import { reportRetaliation } from "./report.ts";

const names = ["reports", "protection", "findings"] as const;
const protect = {
  ...{ measures: ["movePower" as const], text: "休假改由旅里审批", from: "2026-03-04", till: null, contact: "旅纪委" },
};

async function reported(t: TestKernel): Promise<string> {
  const origin = (await loadCase(t.kernel.pool, await file(t, { unitId: t.units.company }), "", ""))?.case;
  if (!origin) throw new Error("no case");
  const typed = { key: t.key(), acts: ["threat"] as const, text: "休假两次被取消", fileIds: [] };
  return reportRetaliation(t.kernel, origin, typed, { reporter: "petitioner", personId: null });
}

/** What was released at a unit with all below it: how many, and above the line. */
async function released(k: Kernel, unitId: string, month: string) {
  const found = await Promise.all(
    names.map((name) =>
      readReleases(k, { dataset: `kernel/retaliation-${name}`, unitId, below: false, from: month, to: month }),
    ),
  );
  return found.map((rows) =>
    rows
      .filter(({ own }) => !own || rows.length === 1)
      .map(({ total, figures }) => [total, Object.values(figures)[0]?.yes]),
  );
}

test("reports of retaliation are released in absolute numbers at the organ that has them, and none looks like four", async () => {
  await using t = await openTestKernel();
  const organ = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const all: string[] = [];
  for (let n = 0; n < 12; n++) all.push(await reported(t));
  for (const id of all) await execute(t.kernel, acknowledgeReport, byPerson(t, id, organ), {});
  // seven in time, the others on the day after the last one
  for (const id of all.slice(0, 7)) await execute(t.kernel, decideProtection, byPerson(t, id, organ), protect);
  t.clock.advance({ days: 8 });
  for (const id of all.slice(7)) await execute(t.kernel, decideProtection, byPerson(t, id, organ), protect);
  for (const [n, id] of all.entries()) {
    const outcome = n < 3 ? "found" : n < 6 ? "partly" : "notFound";
    if (n < 11) await execute(t.kernel, concludeReport, byPerson(t, id, organ), { outcome, text: "已经查清" });
  }
  const few = await openMonth(t, 4, organ);

  t.clock.now = new Date("2026-04-10T02:00:00Z");
  await releaseReports(t.kernel);
  expect(await released(t.kernel, t.units.brigade, "2026-03")).toEqual([[], [], []]);
  t.clock.now = new Date("2026-04-11T02:00:00Z");
  await Promise.all([releaseReports(t.kernel), releaseReports(t.kernel)]);
  await releaseReports(t.kernel);
  expect(await released(t.kernel, t.units.brigade, "2026-03")).toEqual([[[12, undefined]], [[12, 7]], [[11, 6]]]);
  // the unit complained of finds nothing of its own, and not even that there is nothing
  for (const unit of [t.units.company, t.units.second])
    expect(await released(t.kernel, unit, "2026-03")).toEqual([[[null, undefined]], [[null, null]], [[null, null]]]);

  expect(few).toHaveLength(4);
  t.clock.now = new Date("2026-05-11T02:00:00Z");
  await releaseReports(t.kernel);
  const four = await released(t.kernel, t.units.brigade, "2026-04");
  t.clock.now = new Date("2026-06-11T02:00:00Z");
  await releaseReports(t.kernel);
  expect(four).toEqual([[[null, undefined]], [[null, null]], [[null, null]]]);
  expect(await released(t.kernel, t.units.brigade, "2026-05")).toEqual(four);
  const { rows } = await t.database.pool.query("select max(number) as newest from kernel.figure_releases");
  expect(rows).toEqual([{ newest: 1 }]);
});

/** So many more, in April. */
async function openMonth(t: TestKernel, count: number, organ: Awaited<ReturnType<TestKernel["person"]>>) {
  t.clock.now = new Date("2026-04-02T02:00:00Z");
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const id = await reported(t);
    ids.push(id);
    await execute(t.kernel, acknowledgeReport, byPerson(t, id, organ), {});
  }
  return ids;
}
