import { cpus, totalmem } from "node:os";
import { arch, platform, versions } from "node:process";

/** A bound of the issue, beside the figure it is about. */
export interface Limit {
  readonly text: string;
  readonly met: boolean;
}

export interface Line {
  readonly what: string;
  readonly figure: string;
  readonly baseline: string;
  readonly ratio: string;
  readonly limit?: Limit | undefined;
}

export interface Section {
  readonly title: string;
  /** what was compared with what, and how */
  readonly how: string;
  readonly lines: readonly Line[];
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} x`;

export const limitOf = (text: string, value: number, most: number): Limit => ({ text, met: value <= most });

export interface Machine {
  readonly at: Date;
  readonly commit: string;
  readonly postgres: string;
  /** processes that wanted to run before the benchmark did: above the number of cores it shared the machine */
  readonly load: number;
}

const verdict = (limit: Limit | undefined): string =>
  limit === undefined ? "" : `${limit.text}: ${limit.met ? "**pass**" : "**FAIL**"}`;

const runLine = (machine: Machine): string => {
  const [cpu] = cpus();
  const busy = machine.load > cpus().length ? " (other work ran beside it: the times are too long)" : "";
  return `${machine.at.toISOString().slice(0, 16).replace("T", " ")} UTC · commit ${machine.commit} · ${cpus().length} x ${cpu?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform} ${arch} · Node ${versions.node} · PostgreSQL ${machine.postgres} · load before the run ${machine.load.toFixed(1)}${busy}`;
};

const sectionText = (machine: Machine, { how, lines }: Section): string =>
  [
    "",
    how,
    "",
    runLine(machine),
    "",
    "| what | median | baseline | ratio | limit |",
    "|---|---|---|---|---|",
    ...lines.map(
      (line) => `| ${line.what} | ${line.figure} | ${line.baseline} | ${line.ratio} | ${verdict(line.limit)} |`,
    ),
    "",
  ].join("\n");

const HEAD = `# Benchmarks

Made by \`pnpm bench\`; do not edit. Each figure is the median of interleaved rounds after a warm-up and stands beside a
baseline of the same run: read the ratios, not the milliseconds, and compare nothing across runs. A part may be run
alone; each says when it was.
`;

/** The page `docs/benchmarks.md`: these parts anew, the others of the page as they were. */
export function page(machine: Machine, sections: readonly Section[], before: string): string {
  const parts = new Map<string, string>();
  for (const part of before.split(/^## /m).slice(1)) {
    const end = part.indexOf("\n");
    parts.set(part.slice(0, end), part.slice(end + 1));
  }
  for (const section of sections) parts.set(section.title, sectionText(machine, section));
  return [HEAD, ...[...parts].map(([title, text]) => `## ${title}\n${text.trimEnd()}\n`)].join("\n");
}
