import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, STILL } from "./browser.ts";
import { type House, openHouse } from "./house.ts";
import { archiveOf, choose, install, SHOW_BOX } from "./show-box.ts";

const portal = join(import.meta.dirname, "../../../apps/portal");
const elsewhere = mkdtempSync(join(tmpdir(), "doorstep-elsewhere-"));
const folder = join(elsewhere, "show-box");

let browser: Browser;
let house: House;
let vite: ChildProcess | undefined;
let url = "";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** The page of the portal as an author sees it: one server for it and for the plugin's folder. */
async function develop(server: string): Promise<string> {
  const port = await freePort();
  const args = ["node_modules/vite/bin/vite.js", "--configLoader", "native", "--host", "127.0.0.1"];
  const child = spawn(process.execPath, ["--conditions=@doorstep/source", ...args, "--port", String(port)], {
    cwd: portal,
    // biome-ignore lint/style/noProcessEnv: a child's environment is the parent's with what is added here
    env: { ...process.env, NODE_ENV: "development", DOORSTEP_SERVER: server, DOORSTEP_PLUGINS: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  vite = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (said: Buffer) => said.includes("Local") && resolve());
    child.once("exit", () => reject(new Error("vite ended")));
  });
  return `http://127.0.0.1:${port}`;
}

beforeAll(async () => {
  cpSync(join(SHOW_BOX, "src"), join(folder, "src"), { recursive: true });
  symlinkSync(join(SHOW_BOX, "node_modules"), join(folder, "node_modules"));
  const [opened, ready, archive] = await Promise.all([openBrowser(), openHouse(), archiveOf(SHOW_BOX)]);
  browser = opened;
  house = ready;
  await install(house, archive);
  await choose(house, "show-box", "on");
  url = await develop(house.url);
}, 120_000);
afterAll(async () => {
  vite?.kill();
  await browser.close();
  await house[Symbol.asyncDispose]();
  rmSync(elsewhere, { recursive: true, force: true });
});

test("a plugin outside of the repository is shown from its sources; what is edited is seen at once, and nothing is lost", async () => {
  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  // The first visit bundles what the page needs, and may load it once more.
  await page.goto(`${url}/p/show-box?u=FIRST`, { timeout: 60_000 });
  await page.getByText("这里是展示盒").waitFor({ timeout: 60_000 });
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  await page.getByRole("button", { name: "按一下" }).click();
  await page.getByText("按了 1 次").waitFor();

  const file = join(folder, "src/ui/show-page.tsx");
  writeFileSync(file, readFileSync(file, "utf8").replace('"展示盒"', '"改过的展示盒"'));
  await page.getByRole("heading", { name: "改过的展示盒" }).waitFor();
  await page.getByText("按了 1 次").waitFor();
  expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
}, 180_000);
