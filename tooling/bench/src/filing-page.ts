import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openBrowser } from "@doorstep/tooling-e2e/browser";
import type { Browser } from "playwright-core";
import { startBench } from "./open-bench.ts";
import { type Line, limitOf, ms, type Section, times } from "./report.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const run = promisify(execFile);

interface SizeReport {
  readonly parts: Readonly<Record<string, number>>;
  readonly total: number;
  readonly limit: number;
}

async function sizeReport(): Promise<SizeReport> {
  const args = ["--conditions=@doorstep/source", "tooling/vite/src/filing-size-report.ts", "--json"];
  // it ends with 1 when it is over budget, and still says the figures
  const { stdout } = await run(process.execPath, args, { cwd: ROOT }).catch((error: { stdout?: string }) => {
    if (!error.stdout) throw error;
    return { stdout: error.stdout };
  });
  return JSON.parse(stdout) as SizeReport;
}

const kilobytes = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KB`;

/** JavaScript that filing loads, gzip, part by part. */
export async function benchPageSize(): Promise<Section> {
  const { parts, total, limit } = await sizeReport();
  const line = (what: string, bytes: number): Line => ({
    what,
    figure: kilobytes(bytes),
    baseline: kilobytes(limit),
    ratio: times(bytes / limit),
  });
  return {
    title: "JavaScript of the filing page",
    how: "gzip bytes of everything loaded from the first question to the confirmation (`tooling/vite`). Baseline: the limit for all of it.",
    lines: [
      ...Object.entries(parts).map(([part, bytes]) => line(part, bytes)),
      { ...line("in all", total), limit: limitOf("<= 230 KB", total, limit) },
    ],
  };
}

const SLOWER = 4;
const BYTES_PER_SECOND = 400_000 / 8;
const LIMIT_MS = 6_000;
const TRIES = 5;

/** From the address typed to the first question that can be answered, with an empty cache. */
async function firstQuestion(browser: Browser, url: string, isSlow: boolean): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    if (isSlow) {
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: BYTES_PER_SECOND,
        uploadThroughput: BYTES_PER_SECOND,
      });
    }
    const since = performance.now();
    await page.goto(`${url}/file?u=DEMO`, { waitUntil: "commit" });
    const first = page.getByRole("radio").first();
    await first.check({ timeout: 60_000 });
    return performance.now() - since;
  } finally {
    await context.close();
  }
}

export async function benchSlowPhone(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-"));
  const server = await startBench(dataDir, () => new Date());
  const browser = await openBrowser();
  try {
    const url = `http://127.0.0.1:${server.port}`;
    const slow: number[] = [];
    const fast: number[] = [];
    await firstQuestion(browser, url, false);
    for (let n = 0; n < TRIES; n++) {
      slow.push(await firstQuestion(browser, url, true));
      fast.push(await firstQuestion(browser, url, false));
    }
    const middle = (times_: readonly number[]): number =>
      times_.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? Number.NaN;
    const [atPhone, here] = [middle(slow), middle(fast)];
    return {
      title: "First question on a slow phone",
      how: `Chromium at 390 px, CPU ${SLOWER} times slower, 400 kbit/s, empty cache: from the address \`/file\` until an answer of the first question is checked. Median of ${TRIES}. Baseline: the same without slowing down.`,
      lines: [
        {
          what: "first question answered",
          figure: ms(atPhone),
          baseline: ms(here),
          ratio: times(atPhone / here),
          limit: limitOf("<= 6 s", atPhone, LIMIT_MS),
        },
      ],
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
