import { expect, test } from "vitest";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { overviewHandlers } from "./handlers.ts";

const handlers = { overview: overviewHandlers };
const HOUR_MS = 3_600_000;

test("the overview says how old the last good backup is, or that there is none, to those who answer for the house", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const below = await t.person("李", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const start = t.clock.now.getTime();
  const at = async (hours: number) => {
    t.clock.now = new Date(start + hours * HOUR_MS);
    const { items } = await caller(t.kernel, handlers)(admin).overview.get({});
    return items.filter((item) => item.code.startsWith("backup")).map((item) => [item.code, item.level]);
  };
  const made = async (hours: number, good: boolean) =>
    void (await t.database.pool.query(
      "insert into kernel.backups (id, kind, started_at, finished_at, good) values (gen_random_uuid(), 'byHand', $1, $1, $2)",
      [new Date(start + hours * HOUR_MS), good],
    ));

  expect(await at(0)).toEqual([["backupNever", "amber"]]);
  await t.database.pool.query("insert into kernel.epochs values (1, 'x', $1)", [new Date(start)]);
  expect(await at(71)).toEqual([["backupNever", "amber"]]);
  expect(await at(72)).toEqual([["backupNever", "red"]]);
  await made(72, true);
  expect(await at(72 + 25)).toEqual([]);
  expect(await at(72 + 26)).toEqual([["backupOld", "amber"]]);
  expect(await at(72 + 72)).toEqual([["backupOld", "red"]]);
  await made(73, false);
  expect(await at(74)).toEqual([["backupFailed", "amber"]]);
  const { items } = await caller(t.kernel, handlers)(below).overview.get({});
  expect(items.filter((item) => item.code.startsWith("backup"))).toEqual([]);
});
