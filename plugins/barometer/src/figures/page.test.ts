import { join } from "node:path";
import { type Id, themes } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { countsCauses } from "../testing/counts-causes.ts";
import { type ReleasedOf, release } from "../testing/release.ts";
import { addMonths, monthsTo } from "./months.ts";
import type { ReleasedPage } from "./page.ts";
import type { Dataset } from "./released.ts";
import { shareNames } from "./share-names.ts";

let host: TestHost<typeof server>;
let brigade: Id;
let first: Id;
let second: Id;
const NEWEST = "2026-03";

beforeAll(async () => {
  const root = join(import.meta.dirname, "../..");
  host = await createTestHost(server, { root, now: "2026-04-20T02:00:00.000Z", beside: [countsCauses] });
  [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

type Reader = ReturnType<typeof host.as>;

/** Each part asked for by itself, which is made then and there. */
async function partsOf(reader: Reader): Promise<ReleasedPage> {
  const [headline, trend, forecast, heat, themesOf, causes] = await Promise.all([
    reader.headline.query(),
    reader.trend.query(),
    reader.forecast.query(),
    reader.heat.query(),
    reader.themes.query(),
    reader.causes.query(),
  ]);
  const shares = await Promise.all(shareNames.map(async (name) => [name, await reader.share.query({ name })]));
  return { headline, trend, forecast, heat, themes: themesOf, causes, ...Object.fromEntries(shares) };
}

const kept = () => host.sql("select unit_id, stamp, page from p_barometer.pages order by unit_id");
const looked = (unit: "brigade" | "first" | "second" = "brigade") => host.as("officer", unit).page.query();

/** Numbers that look random, and are the same in every run. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** A month of one dataset as it might be released: with holes, with what was left out, with and without words. */
async function releaseAny(draw: (below: number) => number, dataset: Dataset, month: string): Promise<void> {
  const some = (most: number): number | null => (draw(6) === 0 ? null : draw(most));
  const measure = () => ({ yes: some(20), no: some(20) });
  const figures = () => ({
    category: { claim: some(40), suggestion: some(40), report: some(9) },
    kind: { money: some(30), other: some(30) },
    ...{ "+repeat": measure(), "+inTime": measure(), "+joint": measure(), "+rated": measure() },
    ...{ "+unitSatisfied": measure(), ...(draw(3) > 0 && { [`+${themes[draw(themes.length)]}`]: measure() }) },
  });
  const of = (unitId: Id, parentId: Id | null, own = false): ReleasedOf => ({
    ...{ unitId, parentId, own, total: some(80), figures: figures() },
  });
  await release(host.kernelSql, dataset, month, [
    ...[of(brigade, null), of(brigade, null, true), of(first, brigade)],
    ...(draw(4) === 0 ? [] : [of(second, brigade)]),
  ]);
}

const datasets = ["registration", "answer", "conclusion", "together", "root-cause/petitions"] as const;

test("the kept page says what each part says by itself, after any releases and corrections", async () => {
  const draw = drawn(20_261_129);
  for (let round = 0; round < 6; round += 1) {
    const newest = addMonths(NEWEST, round - 6);
    for (const dataset of datasets)
      for (const month of monthsTo(newest, 3)) if (draw(3) > 0) await releaseAny(draw, dataset, month);
    for (const unit of ["brigade", "first", "second"] as const) {
      const made = await looked(unit);
      expect(made).toEqual(await partsOf(host.as("officer", unit)));
      const before = await kept();
      expect(await host.as("signer", unit).page.query()).toEqual(made);
      expect(await kept()).toEqual(before);
    }
  }
}, 60_000);

const registered = (month: string, total: number) =>
  release(host.kernelSql, "registration", month, [
    { unitId: brigade, parentId: null, total, figures: { category: { claim: total } } },
    { unitId: first, parentId: brigade, total, figures: { category: { claim: total } } },
  ]);
const heatNames = async () => (await looked()).heat?.rows.map((one) => one.name.en);

test("what is kept is what is shown, and each thing it was made from takes it back", async () => {
  await registered(NEWEST, 40);
  expect((await looked()).headline?.total).toBe(40);
  // nothing was read anew: whatever stands there under the stamp is the page
  await host.sql("update p_barometer.pages set page = '{\"trend\": []}' where unit_id = $1", [brigade]);
  expect(await looked()).toEqual({ trend: [] });

  await registered(NEWEST, 45);
  expect((await looked()).headline?.total).toBe(45);

  await registered(addMonths(NEWEST, 1), 70);
  expect((await looked()).headline).toMatchObject({ month: "2026-04", total: 70 });

  await release(host.kernelSql, "conclusion", NEWEST, [
    { unitId: brigade, parentId: null, total: 20, figures: { "+inTime": { yes: 20, no: 0 } } },
  ]);
  expect((await looked()).onTime?.whole).toEqual({ above: 20, below: 20 });

  expect((await looked()).trend?.at(-1)?.season).toBeNull();
  await host.enable("brigade", { pay: "2026-04" });
  expect((await looked()).trend?.at(-1)?.season).toBe("pay");

  await host.kernelSql("update kernel.units set name_en = 'Guards' where id = $1", [first]);
  expect(await heatNames()).toContain("Guards");
  await host.kernelSql("update kernel.units set parent_id = $2 where id = $1", [first, second]);
  expect(await heatNames()).not.toContain("Guards");
  await host.kernelSql("update kernel.units set parent_id = $2 where id = $1", [first, brigade]);
  expect(await heatNames()).toContain("Guards");

  expect((await looked()).causes?.causes).not.toEqual([]);
  await host.kernelSql("update kernel.plugin_effective set enabled = false where plugin_id = 'root-cause'");
  expect((await looked()).causes).toBeNull();
});

test("a month later the page is made anew", async () => {
  const before = await kept();
  await looked();
  expect(await kept()).toEqual(before);
  await host.advance({ days: 30 });
  await looked();
  expect(await kept()).not.toEqual(before);
});

test("several who ask at once after a release all see it, and one page is kept", async () => {
  await registered("2026-04", 80);
  const all = await Promise.all(Array.from({ length: 12 }, () => looked()));
  expect(new Set(all.map((one) => one.headline?.total))).toEqual(new Set([80]));
  expect((await kept()).filter((one) => one.unit_id === brigade)).toHaveLength(1);
});

test("a part that cannot be made is left out and keeps nothing; the others are there", async () => {
  await release(host.kernelSql, "conclusion", "2026-04", [{ unitId: brigade, parentId: null, total: 9 }]);
  await host.kernelSql(
    `update kernel.figure_rows w set figures = 'null' from kernel.figure_releases r
      where r.id = w.release_id and r.dataset = 'indicators/conclusion' and r.month = '2026-04'`,
  );
  const before = await kept();
  const page = await looked();
  expect(Object.keys(page)).not.toContain("onTime");
  expect(page.headline?.total).toBe(80);
  expect(await kept()).toEqual(before);
  await expect(host.as("officer").share.query({ name: "onTime" })).rejects.toMatchObject({
    data: { code: "unexpected" },
  });
});

test("who has no work of that kind is refused the page as he is each part of it", async () => {
  await expect(host.as("mediator").page.query()).rejects.toMatchObject({ data: { code: "forbidden" } });
});
