import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileForTest, openTestKernel } from "@doorstep/kernel/testing";
import { expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell } from "../testing/as-a-shell.ts";
import { letter } from "./letter.ts";

test("a file that bears no seal, and one with a seal of another house, are told apart by words and exit code", async () => {
  await using t = await openTestKernel({ now: new Date().toISOString() });
  const dir = mkdtempSync(join(tmpdir(), "doorstep-letter-"));
  const file = join(dir, "letter.pdf");
  const doorstep = asAShell({ DATABASE_URL: t.database.url, DOORSTEP_DATA_DIR: dir });
  try {
    await fileForTest(t);
    writeFileSync(file, "%PDF-1.3\n%%EOF\n");
    expect(await doorstep("letter", "verify", file)).toMatchObject({
      code: 1,
      out: expect.stringContaining("says nothing"),
    });
    writeFileSync(
      file,
      `${readFileSync(file, "latin1")}%doorstep.letter.1 ${t.units.first} ${"0".repeat(64)} en k1 ${"0".repeat(128)}\n`,
    );
    const forged = await doorstep("letter", "verify", file, "--json");
    expect([forged.code, JSON.parse(forged.out)]).toEqual([1, { state: "changed", letter: null }]);
    writeFileSync(
      file,
      `%PDF-1.7\n%doorstep.archive.1 ${t.units.first} 2026-03-02T02:00:00.000000Z k1 ${"0".repeat(128)}\n%%EOF\n`,
    );
    const foreign = await doorstep("letter", "verify", file, "--json");
    expect([foreign.code, JSON.parse(foreign.out)]).toEqual([1, { state: "changed", archive: null }]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 60_000);

test("wrong use is told before any database is touched", async () => {
  const output = { out: () => undefined, err: () => undefined };
  const verbs = { letter: async () => letter };
  for (const args of [[], ["verify"], ["seal", "a.pdf"], ["verify", "a.pdf", "b.pdf"], ["verify", "no-such.pdf"]])
    expect(await runCli(["letter", ...args], output, verbs)).toBe(2);
});
