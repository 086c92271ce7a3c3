import fc from "fast-check";
import { expect, test } from "vitest";
import { DoorstepError } from "../actor.ts";
import { type Change, inChange } from "../change.ts";
import { openTestKernel } from "../testing/index.ts";
import { createUnit } from "./create-unit.ts";
import { moveUnit } from "./move-unit.ts";

const UNITS = 9;
interface Row {
  id: string;
  parent_id: string | null;
  path: string[];
  level: number;
}

function walk(rows: ReadonlyMap<string, Row>, from: Row): string[] {
  const ids: string[] = [];
  for (let row: Row | undefined = from; row; row = row.parent_id === null ? undefined : rows.get(row.parent_id)) {
    ids.unshift(row.id);
    if (ids.length > UNITS + 1) throw new Error("a circle");
  }
  return ids;
}

async function plant(change: Change, prefix: string, parents: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < UNITS; i++) {
    const parentId = i === 0 ? null : (ids[(parents[i - 1] ?? 0) % i] ?? null);
    const name = { "zh-CN": `单位${i}`, en: `Unit ${i}` };
    const unit = { parentId, code: `${prefix}-${i}`, name, timeZone: "Asia/Shanghai", strength: null };
    ids.push(await createUnit(change, unit));
  }
  return ids;
}

async function tryMove(change: Change, unitId: string, parentId: string): Promise<void> {
  const { rows } = await change.client.query("select version from kernel.units where id = $1", [unitId]);
  await change.client.query("savepoint move");
  try {
    await moveUnit(change, { unitId, parentId, version: rows[0].version, why: "" });
  } catch (error) {
    await change.client.query("rollback to savepoint move");
    if (!(error instanceof DoorstepError && error.code === "unit.cycle")) throw error;
  }
}

test("after any moves every path is the walk by parents and every level its length", async () => {
  await using t = await openTestKernel();
  const place = fc.nat({ max: UNITS - 1 });
  const history = fc.record({
    parents: fc.array(fc.nat({ max: 1_000 }), { minLength: UNITS - 1, maxLength: UNITS - 1 }),
    moves: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 8 }),
  });
  let run = 0;

  await fc.assert(
    fc.asyncProperty(history, async ({ parents, moves }) => {
      run += 1;
      await inChange(t.kernel, "system", async (change) => {
        const ids = await plant(change, `R${run}`, parents);
        for (const [unit, parent] of moves) await tryMove(change, ids[unit] ?? "", ids[parent] ?? "");
        const { rows } = await change.client.query<Row>(
          "select id, parent_id, path, level from kernel.units where id = any($1::uuid[])",
          [ids],
        );
        const byId = new Map(rows.map((row) => [row.id, row]));
        for (const row of rows) {
          expect(row.path).toEqual(walk(byId, row));
          expect(row.level).toBe(row.path.length);
        }
      });
    }),
    { numRuns: 25 },
  );
});
