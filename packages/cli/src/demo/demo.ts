import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isEmptyHouse } from "@doorstep/kernel";
import type { Platform } from "@doorstep/server";
import type { BulkRun } from "@doorstep/tooling-fixtures";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

const usage = [
  "doorstep demo [--cases <number>] [--units 2000] [--years 6] [--seed 1] [--json]",
  "  fills an empty platform with the demo and, below it, that many invented petitions (about 40 KB each);",
  "  stop the server first; broken off, the same command goes on where it was",
].join("\n");

const flags = {
  cases: { type: "string", default: "0" },
  units: { type: "string", default: "2000" },
  years: { type: "string", default: "6" },
  seed: { type: "string", default: "1" },
} as const;

const MOST_CASES = 100_000_000;

interface Given {
  readonly cases: number;
  readonly units: number;
  readonly years: number;
  readonly seed: number;
}

function readArgs(args: readonly string[]): Given {
  let values: { readonly [name in keyof typeof flags]: string };
  try {
    ({ values } = parseArgs({ args: [...args], options: flags }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const whole = (name: keyof typeof flags, least: number, most: number): number => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new UsageError(`--${name} is "${values[name]}"; it must be a whole number from ${least} to ${most}.`);
    return number;
  };
  return {
    cases: whole("cases", 0, MOST_CASES),
    units: whole("units", 12, 20_000),
    years: whole("years", 1, 30),
    seed: whole("seed", 0, 0x7fff_ffff),
  };
}

/** Why this database takes no invented data; nothing where it does. */
async function refusal(platform: Platform, dataDir: string, begun: BulkRun | undefined): Promise<string | undefined> {
  const { app } = platform.database;
  if (begun && !begun.finished) return undefined;
  if (await isEmptyHouse(app)) return undefined;
  if (!existsSync(join(dataDir, "demo-accounts.json")))
    return "This database holds real data; invented petitions never come into it. Choose another DOORSTEP_DATA_DIR.";
  const { rowCount } = await app.query("select 1 from kernel.units where code = 'B1'");
  return rowCount ? "The invented units are here already. Choose another DOORSTEP_DATA_DIR for more." : undefined;
}

/** A generation that was broken off is gone on with, or left alone: two plans never mix. */
function otherThan(given: Given, begun: BulkRun | undefined): string | undefined {
  if (!begun || begun.finished) return undefined;
  const { cases, units, years, seed } = begun.plan;
  const isSame =
    begun.isOurs && [cases, units, years, seed].join() === [given.cases, given.units, given.years, given.seed].join();
  const command = `doorstep demo --cases ${cases} --units ${units} --years ${years} --seed ${seed}`;
  if (isSame) return undefined;
  return begun.isOurs
    ? `Another generation was broken off here after ${begun.done} petitions. Go on with it by "${command}", or choose another DOORSTEP_DATA_DIR.`
    : "A generation by another version was broken off here. Choose another DOORSTEP_DATA_DIR.";
}

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(1);

export const demo: Verb = {
  summary: "Fills an empty platform with invented petitions.",
  usage,
  async run(args, output) {
    const given = readArgs(args);
    const { demoOf, demoAccounts, plugins, readEnv } = await import("@doorstep/server");
    const env = readEnv();
    return await withPlatform(output, { plugins }, async (platform) => {
      const { bulkRunOf } = await import("@doorstep/tooling-fixtures");
      const begun = await bulkRunOf(platform.database.owner);
      const refused = (await refusal(platform, env.dataDir, begun)) ?? otherThan(given, begun);
      if (refused !== undefined) {
        if (output.json) output.out(JSON.stringify({ ok: false, code: "demo.refused", message: refused }));
        else output.err(refused);
        return 1;
      }
      const now = (): Date => new Date();
      const accounts = begun ? null : await demoAccounts(platform, env, demoOf({ env, now, print: output.err }));
      const since = performance.now();
      if (given.cases > 0) await fill(platform, given, now(), output);
      const took = Number(seconds(since));
      if (output.json) output.out(JSON.stringify({ ok: true, ...given, seconds: took }));
      else output.out(`${given.cases} invented petitions in ${took} s.`);
      if (accounts && !output.json) output.out(`The accounts stand in ${join(env.dataDir, "demo-accounts.json")}`);
      return 0;
    });
  },
};

const REPORT_EVERY_MS = 5_000;

async function fill(platform: Platform, given: Given, until: Date, output: Output): Promise<void> {
  const { generate } = await import("@doorstep/tooling-fixtures");
  const since = performance.now();
  let last = 0;
  await generate(
    { kernel: platform.kernel, ownerUrl: platform.database.ownerUrl },
    {
      ...given,
      until,
      onProgress(what, done, all) {
        if (performance.now() - last < REPORT_EVERY_MS && done < all) return;
        last = performance.now();
        output.err(`${what}: ${done} of ${all} (${seconds(since)} s)`);
      },
    },
  );
}
