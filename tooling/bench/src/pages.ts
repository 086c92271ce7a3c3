import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "@doorstep/server";
import { bulkRunOf, generate } from "@doorstep/tooling-fixtures";
import { type Measured, sideBySide } from "./measure.ts";
import { openBench } from "./open-bench.ts";
import { officerOf, type Subject, type Way, waysOf } from "./page-ways.ts";
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
}

async function openSize(size: number, options: PagesOptions): Promise<Platform> {
  const folder = join(options.dataDir, String(size));
  mkdirSync(folder, { recursive: true });
  const platform = await openBench(folder);
  const plan = { cases: size, seed: SEED, units: options.units };
  // opened, a kept set has been migrated already; what was broken off goes on where it was
  const kept = await bulkRunOf(platform.database.owner);
  const isSame = kept?.isOurs && kept.plan.cases === size && kept.plan.units === options.units;
  if (kept?.finished && isSame) return platform;
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
  return platform;
}

async function measure(
  platform: Platform,
): Promise<{ readonly pages: readonly MeasuredPage[]; readonly officer: Subject }> {
  const officer = await officerOf(platform);
  const ways = await waysOf(platform, officer, SEED);
  const pages: MeasuredPage[] = [];
  for (const [name, way] of Object.entries(ways)) {
    const measured = await sideBySide({ ours: way.ours, raw: way.raw }, { warmUp: 15, rounds: 15, perRound: 8 });
    pages.push({ name, way, ...measured });
  }
  return { pages, officer };
}

/** Pages of the desk and of the petitioner at each size, and how the queue grows from the smallest to the others. */
export async function benchPages(options: PagesOptions): Promise<Section> {
  const lines: Line[] = [];
  const smallest = new Map<string, { readonly size: number; readonly ours: Measured }>();
  let units = 0;
  for (const size of options.sizes.toSorted((a, b) => a - b)) {
    options.print(`pages at ${size} cases`);
    const platform = await openSize(size, options);
    try {
      const { pages, officer } = await measure(platform);
      units = officer.units;
      for (const one of pages) {
        const ratio = one.ours.median / one.raw.median;
        lines.push({
          what: `${one.name}, ${size} cases`,
          figure: `${ms(one.ours.median)} (p95 ${ms(one.ours.p95)})`,
          baseline: ms(one.raw.median),
          ratio: times(ratio),
          limit: one.way.most === undefined ? undefined : limitOf(`<= ${one.way.most} x`, ratio, one.way.most),
        });
      }
      for (const one of pages) {
        const small = smallest.get(one.name);
        if (small) lines.push(growth(one, small, size));
        else smallest.set(one.name, { size, ours: one.ours });
      }
    } finally {
      await platform.close();
    }
  }
  return {
    title: "Pages",
    how: `Through the router, without HTTP, as an officer of ${units} units (of ${options.units}); search through the same predicate. Baseline: the best hand-written SQL for the same rows, without row-level security or decoding; of the searches with recusal, by the way that suits the word. Track is the code, then the case.${notMeasured(options.sizes)}`,
    lines,
  };
}

/** The sizes of the issue that this run leaves open. */
function notMeasured(sizes: readonly number[]): string {
  const open = WANTED_SIZES.filter((size) => !sizes.includes(size));
  return open.length === 0 ? "" : ` **Not measured in this run: ${open.join(" and ")} cases.**`;
}

function growth(
  { name, way, ours }: MeasuredPage,
  small: { readonly size: number; readonly ours: Measured },
  size: number,
): Line {
  const ratio = ours.median / small.ours.median;
  // the bound is about a million against ten thousand; nothing smaller can meet it
  const bound = small.size === 10_000 && size === 1_000_000 ? way.growth : undefined;
  return {
    what: `${name}, ${size} against ${small.size} cases`,
    figure: ms(ours.median),
    baseline: ms(small.ours.median),
    ratio: times(ratio),
    limit: bound === undefined ? undefined : limitOf(`<= ${bound} x`, ratio, bound),
  };
}
