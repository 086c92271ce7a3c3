import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse, signIn } from "./house.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: Walk;
const outside = mkdtempSync(join(tmpdir(), "doorstep-rights-"));
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [{ username: "auditor", unit: "BRIGADE", roles: [{ role: "auditor", subtree: true }] }],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
  rmSync(outside, { recursive: true, force: true });
});

async function admin(username: string, path: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  const cookies = (await signIn(house.url, username)).split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url: house.url };
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${house.url}/admin/${path}`);
  return page;
}

test("by code the petitioner sees so much that he knows himself, corrects it, and takes his copy with him", async () => {
  const filed = await walk.inHandling("我的数据");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: "查看、更正、导出我的数据" }).click();
  await own.getByRole("heading", { level: 1, name: "我的数据" }).waitFor();
  await own.getByText("归档后保存 120 个月，之后按规定销毁").waitFor();
  await expectNoViolations(own);
  const [download] = await Promise.all([
    own.waitForEvent("download"),
    own.getByRole("button", { name: "导出我的数据" }).click(),
  ]);
  const page = readFileSync(await download.path(), "utf8");
  expect(page).toContain("The petition");
  expect(page).toContain("data:application/pdf;base64,");
  await leave(own);
});

test("an auditor finds who did what, sees the chain hold, and gives a reason for what he takes out", async () => {
  const page = await admin("auditor", "audit", 390);
  await page.getByRole("heading", { level: 1, name: "审计" }).waitFor();
  await page.getByRole("button", { name: "立即核对" }).click();
  await page.getByText(/连续 ✓/).waitFor();
  await page.getByRole("list", { name: "留痕记录" }).waitFor();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectNoViolations(page);
  await page.getByRole("button", { name: "模块变更" }).first().click();
  await page.getByText("变更前").waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.getByLabel("信访编号").fill("2026-000000-0");
  await page.getByText("该条件下没有记录").waitFor();
  await page.getByRole("button", { name: "清除筛选" }).first().click();
  await page.getByRole("button", { name: "导出", exact: true }).click();
  await page.getByLabel("导出事由").fill("年度审计抽查");
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "导出为 CSV")]);
  expect(readFileSync(await download.path(), "utf8")).toContain("模块变更");
  await page.getByText(/已导出 \d+ 条/).waitFor();
  await page.getByRole("button", { name: "导出数据", exact: true }).waitFor();
  await page.context().close();
});

test("the plan is tried out before it is kept, and a backup by hand stands in the list", async () => {
  const page = await admin("admin", "backups", 390);
  await page.getByLabel(/^备份文件夹/).fill("backups");
  await press(page, "保存备份安排");
  await page.getByText(/服务器不能写入文件夹“backups”/).waitFor();
  await page.getByLabel(/^备份文件夹/).fill(join(outside, "backups"));
  await press(page, "保存备份安排");
  await page.getByText("备份安排已保存。").waitFor();
  await expectNoViolations(page);
  await press(page, "立即备份");
  await page.getByText("手动备份", { exact: true }).waitFor();
  await page.getByText("完好").waitFor();
  await expectNoViolations(page);
  await page.goto(`${house.url}/admin/retention`);
  await page.getByRole("heading", { level: 1, name: "保管与销毁" }).waitFor();
  await page.getByRole("button", { name: "立即清点" }).click();
  await page.getByText("已清点，没有销毁任何内容。").waitFor();
  await expectNoViolations(page);
  await page.context().close();
});
