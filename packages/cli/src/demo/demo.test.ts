import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell } from "../testing/as-a-shell.ts";
import { demo } from "./demo.ts";

const said: string[] = [];
const run = async (...args: string[]): Promise<number> => {
  said.length = 0;
  const output = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
  return runCli(["demo", ...args], output, { demo: async () => demo });
};

test("wrong use is told before any database is touched", async () => {
  for (const wrong of [
    ["--cases", "-1"],
    ["--cases", "many"],
    ["--cases", "1.5"],
    ["--units", "3"],
    ["--years", "0"],
    ["--nonsense"],
    ["10"],
  ]) {
    expect([wrong, await run(...wrong)]).toEqual([wrong, 2]);
    expect(said.join("\n")).toContain("doorstep demo");
  }
});

test("an empty database is filled, one in use is left alone", { timeout: 120_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-cli-"));
  await using database = await openTestDatabase();
  const doorstep = asAShell({ DATABASE_URL: database.url, DOORSTEP_DATA_DIR: dataDir });
  const counted = async () =>
    (await database.pool.query("select count(*)::int as n, min(received_at) as oldest from kernel.cases")).rows[0];
  try {
    const filled = await doorstep("demo", "--cases", "40", "--units", "12", "--years", "1", "--json");
    expect([filled.code, JSON.parse(filled.out)]).toMatchObject([0, { ok: true, cases: 40, units: 12 }]);
    const { n, oldest } = await counted();
    expect(n).toBe(40);
    expect(Date.now() - oldest.getTime()).toBeGreaterThan(350 * 86_400_000);

    const again = await doorstep("demo", "--cases", "40", "--json");
    expect([again.code, JSON.parse(again.out).code]).toEqual([1, "demo.refused"]);
    expect((await counted()).n).toBe(40);

    // as a break in the last step leaves it
    await database.pool.query("update doorstep_bulk.run set finished = false");
    const other = await doorstep("demo", "--cases", "41", "--json");
    expect([other.code, JSON.parse(other.out).message]).toEqual([
      1,
      expect.stringContaining('"doorstep demo --cases 40 --units 12 --years 1 --seed 1"'),
    ]);
    const same = await doorstep("demo", "--cases", "40", "--units", "12", "--years", "1", "--json");
    expect([same.code, JSON.parse(same.out)]).toMatchObject([0, { ok: true, cases: 40 }]);
    expect((await counted()).n).toBe(40);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
