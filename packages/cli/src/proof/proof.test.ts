import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileForTest, openTestKernel } from "@doorstep/kernel/testing";
import { expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell } from "../testing/as-a-shell.ts";
import { proof } from "./proof.ts";

test("a proof of its own accord finds what is stuck, by its exit code and by name", async () => {
  await using t = await openTestKernel({ now: new Date().toISOString() });
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-proof-"));
  const doorstep = asAShell({ DATABASE_URL: t.database.url, DOORSTEP_DATA_DIR: dataDir });
  try {
    await fileForTest(t);
    expect(await doorstep("proof")).toMatchObject({ code: 0, out: expect.stringContaining("Nothing is stuck.") });

    await t.database.pool.query("update kernel.clocks set state = 'stopped', next_at = null");
    const stuck = await doorstep("proof", "--json");
    expect([stuck.code, JSON.parse(stuck.out)]).toMatchObject([1, { ok: false, cases: 1, counts: { noClock: 1 } }]);
    expect((await doorstep("proof")).out).toContain("1 x something is owed and no period runs");
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);

test("wrong use is told before any database is touched", async () => {
  const output = { out: () => undefined, err: () => undefined };
  expect(await runCli(["proof", "now"], output, { proof: async () => proof })).toBe(2);
});
