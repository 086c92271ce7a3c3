import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { writeWorkbook } from "@doorstep/plugin-host";
import type { Section } from "./report.ts";

const SIZES = [10_000, 100_000] as const;
const LIMIT = 1.5;
const MB = 1_024 * 1_024;

const title = { "zh-CN": "信访登记簿", en: "Register of petitions" };
const columns = Array.from({ length: 10 }, (_, n) => ({
  key: `c${n}`,
  title: { "zh-CN": `栏${n}`, en: `Column ${n}` },
}));

async function* lines(count: number) {
  for (let n = 0; n < count; n += 1) {
    // as a page of the list comes from the database
    if (n % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    yield Object.fromEntries(
      columns.map(({ key }, at) => [key, at === 0 ? n : `三月调动后艰苦边远津贴少发一档 ${n} ${at}`]),
    );
  }
}

/** Run by itself, so that nothing else's memory is measured: rows a second, and the most memory at any time, in bytes. */
async function measure(count: number) {
  const { Writable } = await import("node:stream");
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  let bytes = 0;
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done();
    },
  });
  const since = performance.now();
  await writeWorkbook(out, { title, columns, rows: lines(count), at: new Date(0), mark: "bench", locale: "zh-CN" });
  clearInterval(look);
  return { rowsPerSecond: (count / (performance.now() - since)) * 1_000, peak, bytes };
}

const [, self, asked] = process.argv;
if (self === import.meta.filename) process.stdout.write(JSON.stringify(await measure(Number(asked))));

/** A register as a workbook, 10,000 lines and 100,000: its memory must not grow with its length. */
export async function benchBooks(): Promise<Section> {
  const [small, large] = await Promise.all(
    SIZES.map(async (size) => {
      const args = ["--conditions=@doorstep/source", import.meta.filename, String(size)];
      return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Awaited<
        ReturnType<typeof measure>
      >;
    }),
  );
  if (!small || !large) throw new Error("not measured");
  const memory = large.peak / small.peak;
  const pace = small.rowsPerSecond / large.rowsPerSecond;
  const mb = (bytes: number): string => `${(bytes / MB).toFixed(0)} MB`;
  const pacing = (rows: number): string => `${Math.round(rows).toLocaleString("en")} rows/s`;
  return {
    title: "Registers as workbooks",
    how: `${SIZES[1].toLocaleString("en")} lines of ten columns against ${SIZES[0].toLocaleString("en")}, each in a process of its own; a workbook of the long one has ${mb(large.bytes)}.`,
    lines: [
      {
        what: "The most memory of the process",
        figure: mb(large.peak),
        baseline: mb(small.peak),
        ratio: `${memory.toFixed(2)} x`,
        limit: { text: `≤ ${LIMIT} x`, met: memory <= LIMIT },
      },
      {
        what: "Time for a line",
        figure: pacing(large.rowsPerSecond),
        baseline: pacing(small.rowsPerSecond),
        ratio: `${pace.toFixed(2)} x`,
        limit: { text: `≤ ${LIMIT} x`, met: pace <= LIMIT },
      },
    ],
  };
}
