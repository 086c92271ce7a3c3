import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase, type TestDatabase } from "@doorstep/database/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell, type Ended, program, surroundings } from "../testing/as-a-shell.ts";

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "doorstep-import-"));
const where = () => ({ DATABASE_URL: database.url, DOORSTEP_DATA_DIR: join(folder, "data") });

beforeAll(async () => {
  database = await openTestDatabase();
  const person = ["--username", "Zhou.Zheng", "--name", "周正", "--organisation", "示范旅", "--code", "BRIGADE"];
  expect((await doorstep("admin", "create", ...person)).code).toBe(0);
}, 120_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const doorstep = (...args: string[]): Promise<Ended> => asAShell(where())(...args);

/** Runs the command and kills it, unasked and at once, after so many batches. */
const killedAfter = (batches: number, ...args: string[]) =>
  new Promise<NodeJS.Signals | null>((resolve) => {
    const child = spawn(process.execPath, [...program, ...args], {
      env: surroundings(where()),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let seen = 0;
    child.stderr.on("data", (text: Buffer) => {
      seen += text.toString().split("…").length - 1;
      if (seen >= batches) child.kill("SIGKILL");
    });
    child.on("exit", (_code, signal) => resolve(signal));
  });

function register(name: string, rows: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, ["no,type,detail,opened,closed", ...rows].join("\n"));
  return file;
}
const ROWS = 1_500;
const count = async (table: string): Promise<number> =>
  (await database.pool.query(`select count(*)::int as n from kernel.${table}`)).rows[0].n;

test("a register is tried out, imported, killed half way and run again, without a row lost or doubled", {
  timeout: 180_000,
}, async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `${n},Parks,Bench ${n},2019-01-02,2019-02-03`);
  const file = register("old.csv", [...rows, `${ROWS},,,2019-01-02,`, "7,Parks,again,2019-01-02,"]);
  const args = [
    "import",
    file,
    "--unit",
    "brigade",
    "--map",
    "title=type+detail",
    "--map",
    "key=no",
    "--map",
    "receivedAt=opened",
    "--map",
    "closedAt=closed",
  ];

  const tried = await doorstep(...args, "--dry-run", "--json");
  expect([tried.code, JSON.parse(tried.out)]).toMatchObject([
    0,
    { ok: true, dryRun: true, source: "old", counts: { ready: ROWS, bad: 2 }, mapping: { title: ["type", "detail"] } },
  ]);
  expect(await count("cases")).toBe(0);

  expect(await killedAfter(4, ...args)).toBe("SIGKILL");
  const half = await count("cases");
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(ROWS);

  const report = join(folder, "report.csv");
  const done = JSON.parse((await doorstep(...args, "--report", report, "--json")).out);
  expect(done.counts).toEqual({ ready: 0, bad: 2, created: ROWS - half, same: half, refused: 0 });
  expect(done.rows).toMatchObject([
    { row: ROWS + 2, problems: [{ code: "import.noText" }] },
    { row: ROWS + 3, problems: [{ code: "import.repeatedKey", params: { key: "7" } }] },
  ]);
  expect([await count("cases"), await count("case_imports")]).toEqual([ROWS, ROWS]);
  expect(readFileSync(report, "utf8").split("\r\n")).toHaveLength(ROWS + 4);
});

test.each(
  [
    ["import"],
    ["import", "/nowhere.csv", "--unit", "BRIGADE"],
    ["import", "FILE"],
    ["import", "FILE", "--unit", "BRIGADE", "--nonsense"],
    ["import", "FILE", "--unit", "BRIGADE", "--map", "title"],
    ["import", "FILE", "--unit", "BRIGADE", "--map", "colour=x"],
    ["import", "FILE", "--unit", "BRIGADE", "--date-order", "xyz"],
  ].map((args) => ({ args })),
)("$args is wrong use", async ({ args }) => {
  const file = register("small.csv", ["1,Parks,Bench,2019-01-02,"]);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);

  const code = await runCli(
    args.map((arg) => (arg === "FILE" ? file : arg)),
    { out: say, err: say },
  );

  expect([code, said.join("\n")]).toEqual([2, expect.stringContaining("doorstep import <file")]);
});

test.each([
  [["--unit", "NOBODY"], "import.unknownUnit"],
  [["--unit", "BRIGADE", "--as", "nobody"], "person.notFound"],
  [["--unit", "BRIGADE", "--map", "body=missing"], "import.columnMissing"],
] as const)("%j is refused with %s", { timeout: 60_000 }, async (args, code) => {
  const file = register("small.csv", ["1,Parks,Bench,2019-01-02,"]);

  const answer = await doorstep("import", file, ...args, "--json");

  expect([answer.code, JSON.parse(answer.out)]).toMatchObject([1, { ok: false, code }]);
});
