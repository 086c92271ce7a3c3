import { expect, test } from "vitest";
import { transferCase } from "../cases/route.ts";
import { inChange } from "../change.ts";
import { importCases } from "../intake/import-cases.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, register, staffOf } from "../testing/story.ts";
import { moveUnit } from "./move-unit.ts";

/** Which units see each case that the company holds. */
const audiences = async (t: TestKernel): Promise<readonly (readonly string[])[]> => {
  const { rows } = await t.database.pool.query<{ keys: string[] }>(
    `select array_agg(a.key::text order by a.depth) as keys from kernel.case_audience a join kernel.cases c on c.id = a.case_id
      where c.holder_unit_id = $1 group by c.id order by c.entered_at, c.id`,
    [t.units.company],
  );
  const nameOf = (key: string) => Object.entries(t.units).find(([, id]) => id === key)?.[0] ?? key;
  return rows.map((row) => row.keys.map(nameOf));
};

/** Moves the company below the second battalion; what is begun meanwhile meets the move before it is committed. */
async function duringMove(t: TestKernel, many: number, work: () => Promise<unknown>): Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  await inChange(t.kernel, "system", async (change) => {
    await moveUnit(change, { unitId: t.units.company, parentId: t.units.second, version: 1, why: "整编" });
    running = work();
    running.catch(() => undefined);
    await waitsForLock(t, many);
  });
  await running;
}

/** The other connection has read the old tree and stands before the lock. */
async function waitsForLock(t: TestKernel, many: number): Promise<void> {
  for (let n = 0; n < 150; n++) {
    const { rows } = await t.database.pool.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if ((rows[0]?.n ?? 0) >= many) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

test("a petition filed while its unit is being moved is seen by the units above it after the move", async () => {
  await using t = await openTestKernel();

  await duringMove(t, 1, () => file(t, { unitId: t.units.company }));

  expect(await audiences(t)).toEqual([["company", "second", "brigade"]]);
});

test("so is a case routed to the unit, and an old record brought into it", async () => {
  await using t = await openTestKernel();
  const { clerk, officer } = await staffOf(t);
  const importer = await t.person("李", "company", [{ role: "officer", unit: "company" }]);
  const caseId = await file(t);
  await register(t, { clerk }, caseId);
  const record = { sourceKey: "1", source: "old", unitId: t.units.company, title: "旧件", body: "旧件", via: "letter" };

  await duringMove(t, 2, () =>
    Promise.all([
      execute(t.kernel, transferCase, byPerson(t, caseId, officer), {
        kind: "transfer",
        toUnitId: t.units.company,
        reason: "由你单位办理",
        legalGround: "",
      }),
      importCases(t.kernel, importer, [
        { ...record, receivedAt: "2026-01-05T02:00:00Z", category: null, reply: null } as never,
      ]),
    ]),
  );

  const seen = await audiences(t);
  expect(seen).toHaveLength(2);
  for (const units of seen) expect(units).toEqual(expect.arrayContaining(["company", "second", "brigade"]));
});
