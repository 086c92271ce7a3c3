import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "process", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Lets minutes pass until the ledger was read so far: what is still being written is read in the next one. */
async function read(caseId: string): Promise<void> {
  for (let minutes = 0; minutes < 30; minutes++) {
    await house.server.platform.host.jobs.runDue();
    const { rowCount } = await house.server.database.pool.query(
      "select from p_process.steps where case_id = $1 and code = 'case.handlingStarted'",
      [caseId],
    );
    if (rowCount === 1) return;
    house.server.clock.advance("PT1M");
  }
  throw new Error("the way of the petition is not known");
}

test("the way petitions took is read step by step by keyboard, and leaves as an event log", async () => {
  const filed = await walk.inHandling("热水时有时无");
  await read(filed.caseId);

  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/process`);
  await above.getByText(/共1件、/).waitFor();
  await above.getByRole("button", { name: "受理（1次）" }).focus();
  await above.keyboard.press("Enter");
  await above
    .getByRole("status")
    .getByText(/开始办理：1次/)
    .waitFor();
  await above.getByRole("row", { name: /收到 登记 1/ }).waitFor();
  await expectFits(above);
  const [file] = await Promise.all([above.waitForEvent("download"), press(above, "导出XES")]);
  const log = await readFile(await file.path(), "utf8");
  expect(log).toContain('value="case.accepted"');
  expect(log).not.toContain(filed.caseNo);

  await press(above, "其他系统的日志");
  await above.getByText("还没有日志").waitFor();
  await above.getByLabel("名称").fill("某市收件");
  const list = (more: string) => ({
    ...{ name: "log.csv", mimeType: "text/csv" },
    buffer: Buffer.from(`case,activity,time\n1,Receipt,2026-03-02 08:00\n1,Check,2026-03-05 08:00\n${more}`),
  });
  await above.getByLabel("文件").setInputFiles(list("2,Receipt,soon\n"));
  await press(above, "导入");
  await above
    .getByRole("alert")
    .getByText(/第4行.*时间缺少或看不懂/)
    .waitFor();
  await above.getByLabel("文件").setInputFiles(list(""));
  await press(above, "导入");
  await press(above, "看流程 某市收件");
  await above.getByRole("row", { name: "Receipt Check 1 3天 3天" }).waitFor();
  await above.getByRole("row", { name: /^件数 1 1$/ }).waitFor();
  await expectFits(above);
  await leave(above);

  const unit = await walk.desk("officer", "en", 390);
  await unit.goto(`${house.url}/desk/p/process`);
  await unit.getByRole("button", { name: "Accepted (1)" }).waitFor();
  await expectFits(unit);
  await leave(unit);
});
