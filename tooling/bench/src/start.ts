import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ms, type Section, times } from "./report.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const LONGEST_MS = 300_000;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}

/** `npm start` until the first request is answered; then Ctrl-C. */
async function timeStart(dataDir: string, port: number): Promise<number> {
  const since = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    // biome-ignore lint/style/noProcessEnv: the program is started as a person would start it.
    env: { ...process.env, DOORSTEP_DATA_DIR: dataDir, PORT: String(port) },
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    while (!(await answers(`http://127.0.0.1:${port}`))) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      if (performance.now() - since > LONGEST_MS) throw new Error("npm start took too long");
      await sleep(50);
    }
    return performance.now() - since;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGINT");
    await ended;
  }
}

/** Cold: an empty data folder, so database, schema and demo are made. Warm: the folder of the start before. */
export async function benchStart(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-start-"));
  const port = 20_000 + (process.pid % 20_000);
  try {
    const cold = await timeStart(dataDir, port);
    const warm: number[] = [];
    for (let n = 0; n < 3; n++) warm.push(await timeStart(dataDir, port));
    const median = warm.toSorted((a, b) => a - b)[1] ?? Number.NaN;
    return {
      title: "npm start",
      how: "From the command to the first 200 of `/healthz`, with everything installed and built. Cold: an empty data folder, so the database, its schema and the demo are made. Warm: median of three more starts over the same folder; the baseline is the cold start.",
      lines: [
        { what: "cold", figure: ms(cold), baseline: ms(cold), ratio: times(1) },
        { what: "warm", figure: ms(median), baseline: ms(cold), ratio: times(median / cold) },
      ],
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
