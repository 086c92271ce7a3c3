import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "@doorstep/tooling-e2e/browser";
import type { Page } from "playwright-core";
import { startBench } from "./open-bench.ts";
import { type Line, limitOf, ms, type Section } from "./report.ts";

const UNITS = 2_000;
const MODULES = 30;
const KEYS: readonly (readonly [key: string, presses: number])[] = [
  ["ArrowDown", 60],
  ["ArrowRight", 28],
  ["ArrowUp", 40],
  [" ", 30],
];

interface Answer {
  readonly result: { readonly data: { readonly modules: readonly object[]; readonly rows: readonly MatrixRow[] } };
}
interface MatrixRow {
  readonly unit: { readonly id: string };
  readonly cells: readonly object[];
}

const idOf = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

/** The server's own answer, its first row and module repeated: as if so many units stood open. */
function widened({ result: { data } }: Answer): Answer {
  const [row] = data.rows;
  const [module] = data.modules;
  const [cell] = row?.cells ?? [];
  if (!row || !module || !cell) throw new Error("the demo has no unit or no module");
  const ids = Array.from({ length: MODULES }, (_, n) => `module-${n}`);
  return {
    result: {
      data: {
        ...data,
        modules: ids.map((id) => ({ ...module, id })),
        rows: Array.from({ length: UNITS }, (_, n) => ({
          ...row,
          unit: { ...row.unit, id: idOf(n) },
          depth: n === 0 ? 0 : 1,
          cells: ids.map((pluginId) => ({ ...cell, pluginId })),
        })),
      },
    },
  };
}

/** From the press of a key until the frame after it was painted, told by the page itself. */
const LISTEN = `globalThis.painted = [];
addEventListener("keydown", (event) => {
  const since = event.timeStamp;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted.push(performance.now() - since);
    port2.postMessage(0);
  });
}, true);`;

async function timesOf(page: Page, key: string, presses: number): Promise<readonly number[]> {
  await page.evaluate("painted.length = 0");
  for (let n = 1; n <= presses; n += 1) {
    await page.keyboard.press(key === " " ? "Space" : key);
    await page.waitForFunction(`painted.length >= ${n}`);
  }
  return await page.evaluate<number[]>("painted");
}

/** Frames in which the box shows a place without a row, while it is scrolled a screen's height a frame. */
const SCROLL = `new Promise((done) => {
  const box = document.querySelector(".ad-matrix");
  const step = box.clientHeight;
  let frames = 0, gaps = 0;
  const look = () => {
    const rows = [...box.querySelectorAll(".ad-matrix-body > [role=row]")].map((row) => row.getBoundingClientRect());
    const { bottom } = box.getBoundingClientRect();
    if (Math.max(...rows.map((row) => row.bottom)) < bottom - 1) gaps += 1;
    frames += 1;
    if (frames === 60) return done({ frames, gaps });
    box.scrollTop += step;
    requestAnimationFrame(() => setTimeout(look));
  };
  look();
})`;

/** The table of units and modules in Chromium, with 2,000 rows of 30 modules. */
export async function benchMatrix(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-matrix-"));
  const server = await startBench(dataDir, () => new Date());
  const browser = await openBrowser();
  try {
    const accounts = JSON.parse(readFileSync(join(dataDir, "demo-accounts.json"), "utf8")) as {
      readonly username: string;
      readonly password: string;
    }[];
    const admin = accounts.find((one) => one.username === "admin");
    const url = `http://127.0.0.1:${server.port}`;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    await context.request.post(`${url}/api/auth/sign-in/username`, { data: admin, headers: { origin: url } });
    await page.route(/\/rpc\/[^?]*modules\.matrix/, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Answer | Answer[];
      const paths = decodeURIComponent(new URL(route.request().url()).pathname.split("/rpc/")[1] ?? "").split(",");
      const json = Array.isArray(body)
        ? body.map((one, n) => (paths[n] === "modules.matrix" ? widened(one) : one))
        : widened(body);
      await route.fulfill({ response, json });
    });
    await page.goto(`${url}/admin/modules`);
    await page.locator('[data-place="0 0"]').focus();
    await page.evaluate(LISTEN);
    const lines: Line[] = [];
    for (const [key, presses] of KEYS) {
      const sorted = [...(await timesOf(page, key, presses))].toSorted((a, b) => a - b);
      const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
      lines.push({
        what: `${key === " " ? "Space" : key}, press to paint, p95 of ${presses}`,
        figure: ms(p95),
        baseline: `median ${ms(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)}`,
        ratio: "",
        limit: limitOf("<= 100 ms", p95, 100),
      });
    }
    const { frames, gaps } = await page.evaluate<{ frames: number; gaps: number }>(SCROLL);
    lines.push({
      what: "frames with a place without a row, scrolled a screen's height a frame",
      figure: `${gaps} of ${frames}`,
      baseline: "",
      ratio: "",
      limit: limitOf("none", gaps, 0),
    });
    return {
      title: "Units and modules on one screen",
      how: `The table of the admin app in Chromium, 1440 x 900, built for production, over a real server whose answer is widened to ${UNITS} rows of ${MODULES} modules. From the press of a key until the next frame is painted.`,
      lines,
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
