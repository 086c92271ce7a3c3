import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { afterAll, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell } from "../testing/as-a-shell.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const SAMPLE = join(import.meta.dirname, "../../../../tooling/fixtures/sample-box");
const at = (name: string): string => join(folder, name);

const doorstepAt = (databaseUrl: string) => asAShell({ DATABASE_URL: databaseUrl, DOORSTEP_DATA_DIR: at("data") });

/** Verbs that need no platform, in this process. */
async function here(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
const { version }: { version: string } = JSON.parse(readFileSync(join(SAMPLE, "package.json"), "utf8"));
const archive = at(`sample-box-${version}.dsp`);

test("a module is built, signed and checked", { timeout: 60_000 }, async () => {
  expect((await here("sign", "--new", at("key"))).code).toBe(0);
  expect(statSync(at("key")).mode & 0o777).toBe(0o600);
  expect((await here("build", at("nowhere"))).err).toContain("there is no package.json");
  const built = await here("build", SAMPLE, "--out", folder, "--json");
  expect([built.code, JSON.parse(built.out)]).toMatchObject([0, { ok: true, id: "sample-box", version }]);
  const once = readFileSync(archive);
  await here("build", SAMPLE, "--out", folder);
  expect(readFileSync(archive).equals(once)).toBe(true);

  expect((await here("verify", archive, "--trust", at("key.pub"))).err).toContain("is not signed");
  expect((await here("sign", archive, "--key", at("key"))).code).toBe(0);
  const checked = await here("verify", archive, "--trust", at("key.pub"), "--json");
  expect([checked.code, JSON.parse(checked.out)]).toMatchObject([0, { ok: true, capabilities: ["db", "intake.file"] }]);
  writeFileSync(at("cut.dsp"), readFileSync(archive).subarray(0, 4_000));
  expect((await here("verify", at("cut.dsp"))).err).toContain("cannot be read");
});

test("it is trusted, installed and ended by the command line", { timeout: 240_000 }, async () => {
  await using database = await openTestDatabase();
  const run = doorstepAt(database.url);
  const person = ["--username", "Zhou.Zheng", "--name", "周正", "--organisation", "示范旅", "--code", "BRIGADE"];
  expect((await run("admin", "create", ...person)).code).toBe(0);

  const unknown = await run("modules", "look", archive);
  expect([unknown.code, unknown.out]).toEqual([1, expect.stringContaining("not among the trusted")]);
  const trust = await run("modules", "trust", at("key.pub"), "--name", "Box makers", "--why", "checked by telephone");
  expect(trust.code).toBe(0);
  const early = await run("modules", "install", archive, "--why", "wanted", "--json");
  expect([early.code, JSON.parse(early.out).code]).toEqual([1, "module.notApproved"]);
  const approve = ["--approve", "db,intake.file", "--why", "wanted"];
  expect((await run("modules", "install", archive, ...approve, "--json")).code).toBe(0);
  const listed = JSON.parse((await run("modules", "list", "--json")).out) as { id: string }[];
  expect(listed.find((one) => one.id === "sample-box")).toMatchObject({
    state: "active",
    versions: [{ version, active: true }],
  });
  const health = await run("modules", "health", "--json");
  expect(JSON.parse(health.out).find((one: { id: string }) => one.id === "sample-box")).toMatchObject({
    state: "active",
    incidents: [],
  });
  const exported = ["modules", "export", "sample-box", "--out", at("box.tar.gz"), "--why", "handed over", "--json"];
  expect(JSON.parse((await run(...exported)).out)).toMatchObject({ ok: true, tables: [{ name: "boxes", rows: 0 }] });
  expect(statSync(at("box.tar.gz")).mode & 0o777).toBe(0o600);
  expect((await run(...exported)).code, "nothing is overwritten").toBe(1);
  expect((await run("modules", "end", "sample-box", "--why", "not wanted any more")).code).toBe(0);
});

test("wrong use is told apart, and nothing is opened for it", async () => {
  for (const wrong of [
    ["build"],
    ["sign", "x.dsp"],
    ["sign", "x.dsp", "--key", "k", "--here"],
    ["modules"],
    ["modules", "install", "x.dsp"],
    ["modules", "trust", "x.pub", "--why", "x"],
    ["modules", "forget", "x"],
  ])
    expect([wrong, (await here(...wrong)).code]).toEqual([wrong, 2]);
});
