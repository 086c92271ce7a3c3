import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { markFreshTexts } from "@doorstep/kernel";
import type { Platform } from "@doorstep/server";
import { bulkRunOf, generate } from "@doorstep/tooling-fixtures";
import { type Measured, sideBySide } from "./measure.ts";
import { multiply, timesOf } from "./multiply.ts";
import { openBench } from "./open-bench.ts";
import { officerOf, type Way, waysOf } from "./page-ways.ts";
import { type Line, limitOf, ms, type Section, times } from "./report.ts";

const SEED = 1;
const WANTED_SIZES = [10_000, 100_000, 1_000_000];

export interface PagesOptions {
  /** numbers of cases; each has a data folder of its own, made when it is not there */
  readonly sizes: readonly number[];
  readonly dataDir: string;
  readonly units: number;
  readonly print: (line: string) => void;
}

interface MeasuredPage {
  readonly name: string;
  readonly way: Way;
  readonly ours: Measured;
  readonly raw: Measured;
  /** the same page over the smallest set, in the same rounds */
  readonly small: Measured | undefined;
}

/** Up to here the generator makes every case; larger sets are its rows copied, as a million would take it hours. */
const MOST_MADE = 10_000;

/** A set, and how often each case of the generator is in it. */
interface Opened {
  readonly platform: Platform;
  readonly times: number;
}

async function openSize(size: number, options: PagesOptions): Promise<Opened> {
  const folder = join(options.dataDir, String(size));
  if (!existsSync(folder) && size > MOST_MADE && size % MOST_MADE === 0) await copySmaller(folder, size, options);
  mkdirSync(folder, { recursive: true });
  const platform = await openBench(folder);
  const { owner } = platform.database;
  // the day's work of a house that runs
  await markFreshTexts(owner);
  // opened, a kept set has been migrated already; what was broken off goes on where it was
  const kept = await bulkRunOf(owner);
  const times = await timesOf(owner);
  const plan = { cases: size / times, seed: SEED, units: options.units };
  const isSame = kept?.isOurs && kept.plan.cases === plan.cases && kept.plan.units === options.units;
  if (kept?.finished && isSame) return { platform, times };
  if (kept && !isSame) {
    await platform.close();
    throw new Error(`${folder} holds data of another plan or generator; delete it.`);
  }
  let last = 0;
  await generate(
    { kernel: platform.kernel, ownerUrl: platform.database.ownerUrl },
    {
      ...plan,
      until: platform.kernel.now(),
      onProgress(what, done, all) {
        if (performance.now() - last < 10_000) return;
        last = performance.now();
        options.print(`  ${what}: ${done} of ${all}`);
      },
    },
  );
  return { platform, times };
}

/** Made beside and put in place at the end: one that was broken off is begun anew. */
async function copySmaller(folder: string, size: number, options: PagesOptions): Promise<void> {
  const { platform: made } = await openSize(MOST_MADE, options);
  await made.close();
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  // with its owner: a database of root belongs to somebody else
  execFileSync("cp", ["-a", join(options.dataDir, String(MOST_MADE)), part]);
  const platform = await openBench(part);
  try {
    await multiply(platform.database.ownerUrl, size / MOST_MADE, options.print);
  } finally {
    await platform.close();
  }
  renameSync(part, folder);
}

type Ways = Awaited<ReturnType<typeof waysOf>>;
const ROUNDS = { warmUp: 15, rounds: 15, perRound: 8 };

/** Both ways of each page, and the same page over the smallest set: in turns, as a busy machine is never the same twice. */
async function measure(ways: Ways, smallest: Ways | undefined): Promise<readonly MeasuredPage[]> {
  const pages: MeasuredPage[] = [];
  for (const [name, way] of Object.entries(ways)) {
    const both = { ours: way.ours, raw: way.raw };
    const small = smallest?.[name];
    if (small) pages.push({ name, way, ...(await sideBySide({ ...both, small: small.ours }, ROUNDS)) });
    else pages.push({ name, way, ...(await sideBySide(both, ROUNDS)), small: undefined });
  }
  return pages;
}

/** Pages of the desk and of the petitioner at each size, and how the queue grows from the smallest to the others. */
export async function benchPages(options: PagesOptions): Promise<Section> {
  const lines: Line[] = [];
  const sets: string[] = [];
  const [first = 0, ...larger] = options.sizes.toSorted((a, b) => a - b);
  // the larger ones are made of it, and so before it is opened to stay open
  for (const size of larger) await (await openSize(size, options)).platform.close();
  const smallest = await openSize(first, options);
  let units = 0;
  try {
    const officer = await officerOf(smallest.platform);
    units = officer.units;
    const small = await waysOf(smallest.platform, officer, SEED);
    for (const size of [first, ...larger]) {
      options.print(`pages at ${size} cases`);
      const { platform, times: copies } = size === first ? smallest : await openSize(size, options);
      sets.push(setOf(size, copies));
      try {
        const ways = size === first ? small : await waysOf(platform, await officerOf(platform), SEED);
        const pages = await measure(ways, size === first ? undefined : small);
        lines.push(...pages.map((one) => pageLine(one, size)));
        if (size !== first) lines.push(...pages.flatMap((one) => growth(one, first, size)));
      } finally {
        if (size !== first) await platform.close();
      }
    }
  } finally {
    await smallest.platform.close();
  }
  return {
    title: "Pages",
    how: `Through the router, without HTTP, as an officer of ${units} units (of ${options.units}); search through the same predicate. Baseline: the best hand-written SQL for the same rows, without row-level security or decoding; of the searches with recusal, by the way that suits the word. Track is the code, then the case. A size against the smallest: ours over both sets in turns. Data: ${sets.join("; ")}.${notMeasured(options.sizes)}`,
    lines,
  };
}

const setOf = (size: number, copies: number): string =>
  copies === 1
    ? `all ${size} cases by the generator through the kernel's own commands`
    : `${size} are ${copies} times the ${size / copies} of the generator, their rows copied in SQL with ids of their own, dates moved back by up to a year, texts the same, without ledger, outbox and vault`;

/** The sizes of the issue that this run leaves open. */
function notMeasured(sizes: readonly number[]): string {
  const open = WANTED_SIZES.filter((size) => !sizes.includes(size));
  return open.length === 0 ? "" : ` **Not measured in this run: ${open.join(" and ")} cases.**`;
}

function pageLine({ name, way, ours, raw }: MeasuredPage, size: number): Line {
  const ratio = ours.median / raw.median;
  return {
    what: `${name}, ${size} cases`,
    figure: `${ms(ours.median)} (p95 ${ms(ours.p95)})`,
    baseline: ms(raw.median),
    ratio: times(ratio),
    limit: way.most === undefined ? undefined : limitOf(`<= ${way.most} x`, ratio, way.most),
  };
}

function growth({ name, way, ours, small }: MeasuredPage, smallSize: number, size: number): Line[] {
  if (!small) return [];
  const ratio = ours.median / small.median;
  // the bound is about a million against ten thousand; nothing smaller can meet it
  const bound = smallSize === 10_000 && size === 1_000_000 ? way.growth : undefined;
  return [
    {
      what: `${name}, ${size} against ${smallSize} cases`,
      figure: ms(ours.median),
      baseline: ms(small.median),
      ratio: times(ratio),
      limit: bound === undefined ? undefined : limitOf(`<= ${bound} x`, ratio, bound),
    },
  ];
}
