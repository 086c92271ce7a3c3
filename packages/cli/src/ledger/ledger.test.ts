import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportLedger, inChange, recordFact, runWorkersOnce, sealKeys } from "@doorstep/kernel";
import { openTestKernel } from "@doorstep/kernel/testing";
import { expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { ledger } from "./ledger.ts";

const said: string[] = [];
const run = async (...args: string[]): Promise<number> => {
  said.length = 0;
  const output = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
  return runCli(["ledger", ...args], output, { ledger: async () => ledger });
};

test("an exported ledger is proved without a database; a changed one is not, by its exit code and by name", async () => {
  const dir = mkdtempSync(join(tmpdir(), "doorstep-ledger-"));
  try {
    await using t = await openTestKernel();
    for (let n = 0; n < 3; n++)
      await inChange(t.kernel, "system", (change) =>
        recordFact(change.client, {
          stream: t.units.first,
          at: change.at,
          type: "unit.changed",
          actor: "system",
          facts: { n },
        }),
      );
    await runWorkersOnce(t.kernel);
    const file = join(dir, "ledger.ndjson");
    let text = "";
    for await (const line of exportLedger(t.kernel)) text += line;
    writeFileSync(file, text);
    const [[id, key] = ["", ""]] = [...sealKeys(t.kernel)];

    expect(await run("verify", file, "--key", `${id}:${key}`)).toBe(0);
    expect(said.join("\n")).toContain("3 entries, 1 chains, 1 seals");
    expect(await run("verify", file, "--key", `${id}:${"0".repeat(64)}`, "--json")).toBe(1);
    expect(JSON.parse(said[0] ?? "").faults).toEqual([{ stream: "seals", seq: 1, fault: "sealSignature" }]);
    writeFileSync(file, readFileSync(file, "utf8").replace('\\"n\\":1', '\\"n\\":7'));
    expect(await run("verify", file)).toBe(1);
    expect(said.join("\n")).toContain(`altered: ${t.units.first} 2`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("wrong use is told apart: no verb, two files, a key that is none", async () => {
  for (const wrong of [[], ["export"], ["verify", "a", "b"], ["verify", "a", "--key", "k1"], ["verify", "--nonsense"]])
    expect([wrong, await run(...wrong)]).toEqual([wrong, 2]);
});
