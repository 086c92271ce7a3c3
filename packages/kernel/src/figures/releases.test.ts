import { themes } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import type { FigureRow } from "./month-tree.ts";
import { readReleases } from "./read-releases.ts";
import { type MonthCounted, releaseMonth } from "./releases.ts";

const shape = { dataset: "box/letters", dimensions: { category: ["claim", "other"] }, measures: ["inTime"] };

const counted = (month: string, rows: readonly FigureRow[]): MonthCounted => ({ ...shape, month, rows });

const row = (unitId: string, category: string, count: number, inTime: number): FigureRow => ({
  ...{ unitId, count, values: { category }, measures: { inTime } },
});

const read = async (t: TestKernel, unitId: string, month = "2026-01") =>
  (await readReleases(t.kernel, { dataset: "box/letters", unitId, below: true, from: month, to: month })).map(
    ({ unitId: id, own, total, figures, number }) => ({ id, own, total, ...figures, number }),
  );

test("a month is released once, a correction with the next number, and nobody is found by the difference", async () => {
  await using t = await openTestKernel();
  const { brigade, first, company } = t.units;
  const january = [row(first, "claim", 20, 12), row(company, "claim", 9, 9), row(company, "other", 2, 0)];

  expect(await releaseMonth(t.kernel, counted("2026-01", january))).toBe(true);
  expect(await releaseMonth(t.kernel, counted("2026-01", january))).toBe(false);
  const all = { id: brigade, own: false, total: 31, number: 1 };
  const [top, , below] = await read(t, brigade);
  // the two others are found neither there nor by taking the claims away
  expect(top).toEqual({ ...all, category: { claim: null, other: null }, "+inTime": { yes: 21, no: 10 } });
  expect(below).toMatchObject({ id: first, own: false, total: 31 });

  // one more: the month stands as it was released
  const one = [...january, row(first, "claim", 1, 0)];
  expect(await releaseMonth(t.kernel, counted("2026-01", one))).toBe(false);
  const six = [...january, row(first, "claim", 6, 0)];
  expect(await releaseMonth(t.kernel, counted("2026-01", six))).toBe(true);
  expect((await read(t, brigade))[0]).toEqual({
    ...{ ...all, total: 37, number: 2, category: { claim: null, other: null } },
    "+inTime": { yes: 21, no: 16 },
  });
  const { rows } = await t.database.pool.query(
    "select number, released_at from kernel.figure_releases order by number",
  );
  expect(rows).toHaveLength(2);
});

test("a month that several processes release at once is released once", async () => {
  await using t = await openTestKernel();
  const january = [row(t.units.first, "claim", 20, 12)];

  const each = await Promise.all([1, 2, 3].map(() => releaseMonth(t.kernel, counted("2026-01", january))));

  expect(each.filter(Boolean)).toHaveLength(1);
  const { rows } = await t.database.pool.query("select number from kernel.figure_releases");
  expect(rows).toEqual([{ number: 1 }]);
});

test("a month keeps the tree it was released with, and a unit that came later counts with the one above it", async () => {
  await using t = await openTestKernel();
  const { brigade, first, second } = t.units;
  const january = [row(first, "claim", 20, 12), row(second, "claim", 30, 20)];
  await releaseMonth(t.kernel, counted("2026-01", january));
  await t.database.pool.query("update kernel.units set parent_id = $1 where id = $2", [first, second]);

  const later = [...january, row(second, "claim", 10, 10)];
  expect(await releaseMonth(t.kernel, counted("2026-01", later))).toBe(true);

  expect((await read(t, brigade)).map(({ id, own, total }) => [id, own, total])).toEqual(
    expect.arrayContaining([
      [brigade, false, 60],
      [second, false, 40],
    ]),
  );
  await releaseMonth(t.kernel, counted("2026-02", later));
  expect((await read(t, brigade, "2026-02")).map(({ id }) => id)).not.toContain(second);
});

test("a month keeps what was asked of it first: what is counted later makes no correction, and stands in none", async () => {
  await using t = await openTestKernel();
  const january = [row(t.units.first, "claim", 20, 12)];
  await releaseMonth(t.kernel, counted("2026-01", january));
  const more = (rows: readonly FigureRow[]) => ({
    ...{ ...counted("2026-01", rows), measures: ["inTime", "heating"] },
    rows: rows.map((one) => ({ ...one, measures: { ...one.measures, heating: 0 } })),
  });

  expect(await releaseMonth(t.kernel, more(january))).toBe(false);
  expect(await releaseMonth(t.kernel, more([row(t.units.first, "claim", 40, 12)]))).toBe(true);
  expect((await read(t, t.units.first))[0]).toMatchObject({ total: 40, number: 2, "+inTime": { yes: 12, no: 28 } });
  expect((await read(t, t.units.first))[0]).not.toHaveProperty("+heating");
  await releaseMonth(t.kernel, { ...more(january), month: "2026-02" });
  expect((await read(t, t.units.first, "2026-02"))[0]).toMatchObject({ "+heating": { yes: 0, no: 20 } });
});

test("what was released cannot be changed or taken away by the server", async () => {
  await using t = await openTestKernel();
  await releaseMonth(t.kernel, counted("2026-01", [row(t.units.first, "claim", 20, 12)]));

  await expect(t.kernel.pool.query("update kernel.figure_rows set total = 0")).rejects.toThrow("permission denied");
  await expect(t.kernel.pool.query("delete from kernel.figure_rows")).rejects.toThrow("permission denied");
  await expect(t.kernel.pool.query("delete from kernel.figure_releases")).rejects.toThrow("permission denied");
});

test("a unit that the house does not have is a defect of the dataset", async () => {
  await using t = await openTestKernel();
  const nowhere = "00000000-0000-7000-8000-000000000000";
  await expect(releaseMonth(t.kernel, counted("2026-01", [row(nowhere, "claim", 9, 1)]))).rejects.toThrow(
    "does not have",
  );
});

test("who subtracts a measure from what it lies within finds nobody: nearly all who rated were content", async () => {
  await using t = await openTestKernel();
  const { brigade, first } = t.units;
  const alike = (count: number, ...holding: readonly string[]): FigureRow => ({
    ...{ unitId: first, count, values: {} },
    measures: { rated: holding.includes("rated") ? count : 0, content: holding.includes("content") ? count : 0 },
  });
  const month = (rows: readonly FigureRow[], name: string): MonthCounted => ({
    ...{ dataset: "box/answers", month: name, dimensions: {}, measures: ["rated", "content"], rows },
  });
  const released = async (name: string) => {
    const asked = { dataset: "box/answers", unitId: brigade, below: false, from: name, to: name };
    return (await readReleases(t.kernel, asked)).find(({ own }) => !own)?.figures;
  };
  await releaseMonth(t.kernel, month([alike(19, "rated", "content"), alike(1, "rated"), alike(10)], "2026-01"));
  expect(await released("2026-01")).toEqual({ "+rated": { yes: 20, no: 10 }, "+content": { yes: null, no: null } });
  await releaseMonth(t.kernel, month([alike(14, "rated", "content"), alike(6, "rated"), alike(10)], "2026-02"));
  expect(await released("2026-02")).toEqual({ "+rated": { yes: 20, no: 10 }, "+content": { yes: 14, no: 16 } });
  // all of them, and nobody else
  await releaseMonth(t.kernel, month([alike(20, "rated", "content"), alike(10)], "2026-03"));
  expect(await released("2026-03")).toEqual({ "+rated": { yes: 20, no: 10 }, "+content": { yes: 20, no: 10 } });
});

test("ended in the midst of writing it, a month with all its themes is released whole or not at all, and then once", async () => {
  await using t = await openTestKernel();
  const { pool } = t.database;
  const january: MonthCounted = {
    ...{ dataset: "box/registrations", month: "2026-01", dimensions: {}, measures: [...themes] },
    rows: [
      {
        ...{ unitId: t.units.first, count: 40, values: {} },
        measures: Object.fromEntries(themes.map((theme, n) => [theme, n + 5])),
      },
    ],
  };
  const count = async (): Promise<unknown> =>
    (
      await pool.query(
        "select (select count(*)::int from kernel.figure_releases) as n, (select count(*)::int from kernel.figure_rows) as rows",
      )
    ).rows[0];
  const stop = await pool.connect();
  await stop.query("begin");
  await stop.query("lock table kernel.figure_rows in share mode");
  const broken = releaseMonth(t.kernel, january).then(
    () => "released",
    () => "broken off",
  );
  // its release is written, its figures wait: there the server's process is killed
  const killed = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ gone: boolean }>(
      `select pg_terminate_backend(pid) as gone from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%figure_rows%'`,
    );
    return rows.some(({ gone }) => gone);
  };
  while (!(await killed())) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await broken).toBe("broken off");
  await stop.query("rollback");
  stop.release();
  expect(await count()).toEqual({ n: 0, rows: 0 });

  expect(await Promise.all([releaseMonth(t.kernel, january), releaseMonth(t.kernel, january)])).toContain(true);
  const asked = { dataset: "box/registrations", unitId: t.units.first, below: false, from: "2026-01", to: "2026-01" };
  const [whole] = await readReleases(t.kernel, asked);
  expect(whole?.number).toBe(1);
  expect(Object.keys(whole?.figures ?? {})).toEqual(expect.arrayContaining(themes.map((theme) => `+${theme}`)));
});
