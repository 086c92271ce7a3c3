import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { createPlugin, type PieceName, pieceNames } from "@doorstep/create-plugin";
import { compileCache } from "@doorstep/database/testing";
import { examineArchive } from "@doorstep/plugin-host";
import { afterAll, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { buildPlugin } from "./build-plugin.ts";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";
const outside = mkdtempSync(join(tmpdir(), "doorstep-outside-"));
afterAll(() => rmSync(outside, { recursive: true, force: true }));
const all = join(outside, "all-pieces");
const title = { "zh-CN": "全部", en: "All pieces" };

/** Node before it knows of ours: what a module needs it has in its own folder. */
const env = {
  PATH: [join(process.execPath, ".."), "/usr/bin", "/bin"].join(":"),
  HOME: outside,
  NO_COLOR: "1",
  ...compileCache,
};
const programOf =
  (folder: string) =>
  async (name: string, ...args: string[]) =>
    await promisify(execFile)(join(folder, "node_modules", ".bin", name), args, { cwd: folder, env });

async function here(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Each two of the pieces stand together, apart and both missing in some of these: each piece is in another half of them. */
function covering(): readonly (readonly PieceName[])[] {
  const halves = Array.from({ length: 256 }, (_, bits) => [...Array(8).keys()].filter((row) => (bits >> row) & 1))
    .filter((rows) => rows.length === 4 && rows[0] === 0)
    .slice(0, pieceNames.length);
  return Array.from({ length: 8 }, (_, row) => pieceNames.filter((_name, index) => halves[index]?.includes(row)));
}

/** Of a module beside the installed one, with its packages. */
function beside(names: readonly PieceName[]): string {
  const folder = mkdtempSync(join(outside, "some-"));
  const sources = { dependencies: {}, devDependencies: {}, optionalDependencies: {}, overrides: {}, allowBuilds: [] };
  createPlugin({ folder, id: "some", title, with: names, sources });
  symlinkSync(join(all, "node_modules"), join(folder, "node_modules"));
  return folder;
}

test("a module with every piece is made in an empty folder and needs nothing of the clone", {
  timeout: 300_000,
}, async () => {
  const words = ["--title", title["zh-CN"], "--title-en", title.en];
  const made = await here("create", all, "--with", "all", ...words);
  expect([made.err, made.code]).toEqual(["", 0]);
  const run = programOf(all);

  await run("tsc");
  expect((await run("vitest", "run")).stdout).toMatch(/Tests +7 passed \(7\)/);
  await run("doorstep", "build", ".");
  const archive = join(all, "all-pieces-0.1.0.dsp");
  expect((await run("doorstep", "verify", archive)).stdout).toContain("Asks for: db, caseData.");
  expect((await run("doorstep", "doctor", archive)).stdout).toContain("Nothing speaks against it.");
  await run("doorstep", "add", "job", "--name", "again");
  expect(readFileSync(join(all, "src/server.ts"), "utf8")).toContain("again: {");
  await expect(run("doorstep", "build", ".", "--here")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("give --key"),
  });
});

test.runIf(LONG).each([...pieceNames.map((name) => [name]), ...covering()].map((names) => [names.join("+"), names]))(
  "%s: types, tests, archive",
  { timeout: 300_000 },
  async (_, names) => {
    const folder = beside(names as readonly PieceName[]);
    const run = programOf(folder);
    await run("tsc");
    await run("vitest", "run");
    expect(await examineArchive((await buildPlugin(folder)).archive)).toEqual([]);
  },
);

const AT_ONCE = 64;
const batches = Array.from({ length: 2 ** pieceNames.length / AT_ONCE }, (_, batch) => batch * AT_ONCE);

test.runIf(LONG).each(batches)(
  `${AT_ONCE} combinations from %d on: each makes an archive that a platform takes`,
  {
    timeout: 1_800_000,
  },
  async (first) => {
    const combinations = Array.from({ length: AT_ONCE }, (_, n) =>
      pieceNames.filter((_name, index) => ((first + n) >> index) & 1),
    );
    const folders = combinations.map(beside);
    const program = join(import.meta.dirname, "testing/examine-each.ts");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=@doorstep/source", program, ...folders],
      { cwd: outside, env, maxBuffer: 2 ** 26 },
    );
    const told = stdout.trim().split("\n");
    expect(told.map((line) => JSON.parse(line))).toEqual(folders.map((folder) => ({ folder, findings: [] })));
    for (const folder of folders) rmSync(folder, { recursive: true });
  },
);

test.each([
  [["create", join(import.meta.dirname, "new")], 1, "lies in this clone"],
  [["create", join(outside, "no"), "--with", "nothing"], 2, 'no piece "nothing"'],
  [["create", join(outside, "no"), "--id", "No Id", "--no-install"], 1, "is no id"],
  [["create"], 2, "Give one folder"],
  [["add", "job", "--to", outside], 1, "is no module"],
  [["add", "nothing"], 2, 'no piece "nothing"'],
])("%j is refused with %d", async (args, code, why) => {
  expect(await here(...args)).toMatchObject({ code, err: expect.stringContaining(why) });
  expect(existsSync(join(outside, "no"))).toBe(false);
});

test("doctor says what a platform would refuse, why, and what to do", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(outside, "ill-"));
  const text = { "zh-CN": "坏", en: "Ill" };
  const sources = { dependencies: {}, devDependencies: {}, optionalDependencies: {}, overrides: {}, allowBuilds: [] };
  createPlugin({ folder, id: "ill", title: text, with: ["table", "job"], sources });
  symlinkSync(
    join(import.meta.dirname, "../../../../tooling/fixtures/sample-box/node_modules"),
    join(folder, "node_modules"),
  );
  const change = (path: string, from: string, to: string): void => {
    const code = readFileSync(join(folder, path), "utf8");
    expect(code).toContain(from);
    writeFileSync(join(folder, path), code.replace(from, to));
  };
  expect(await here("doctor", folder)).toMatchObject({ code: 0, out: "Nothing speaks against it." });

  change("src/plugin.ts", `"^1.0.0"`, `"^9.0.0"`);
  change("src/server.ts", `"1d"`, `"1s" as never`);
  change("migrations/0001-notes.sql", "create index", "drop table notes;\ncreate index");
  const ill = await here("doctor", folder, "--json");

  const { problems } = JSON.parse(ill.out) as { problems: { code: string; fix: { en: string } | null }[] };
  expect(problems.map((one) => one.code)).toEqual([
    "plugin.sdkRange",
    "plugin.jobInterval",
    "plugin.migrationNotAdding",
  ]);
  expect(problems.every((one) => (one.fix?.en ?? "") !== "")).toBe(true);
  expect((await here("doctor", folder)).err).toContain("needs SDK ^9.0.0; this platform has");
  await here("sign", "--new", join(outside, "key"));
  expect((await here("doctor", folder, "--trust", join(outside, "key.pub"))).err).toContain("is not signed");
  change("src/server.ts", "export default", "export");
  expect((await here("doctor", folder)).err).toContain("cannot be built");
});
