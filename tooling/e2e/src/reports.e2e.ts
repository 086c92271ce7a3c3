import { readFile } from "node:fs/promises";
import { releaseMonth } from "@doorstep/kernel";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { expectChartsReadable } from "./charts.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "head", unit: "BRIGADE", roles: [{ role: "officeHead" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ now: "2026-04-20T02:00:00.000Z", people })]);
  walk = walkOf(house, browser);
  for (const plugin of ["indicators", "reports"]) await choose(house, plugin, "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Conclusions due in a month, released by the kernel's own rules. */
async function released(month: string): Promise<void> {
  const [brigade = "", first = ""] = ["BRIGADE", "FIRST"].map((code) => house.units.get(code));
  const rowOf = (unitId: string, count: number, inTime: number) => ({
    ...{ unitId, count, values: { category: "claim" }, measures: { inTime } },
  });
  await releaseMonth(house.server.platform.kernel, {
    ...{ dataset: "indicators/conclusion", month, dimensions: { category: ["claim"] }, measures: ["inTime"] },
    rows: [rowOf(brigade, 20, 14), rowOf(first, 30, 24)],
  });
}

test("reports are read, printed and taken along with a mark, put together and made by schedule, on a phone too", async () => {
  await released("2026-03");
  const head = await walk.desk("head");
  await head.goto(`${house.url}/desk/p/reports`);
  await head.getByRole("row", { name: /I2 按期办结率 38 50 76/ }).waitFor();
  await expectFits(head);
  const [file] = await Promise.all([head.waitForEvent("download"), press(head, "下载CSV")]);
  expect(await readFile(await file.path(), "utf8")).toMatch(
    /"head于2026-04-20 \d\d:\d\d从.+导出，内部资料，导出已记录"\r\n$/,
  );

  await head.emulateMedia({ media: "print" });
  await head.getByText("请用页面上的“打印”按钮打印").waitFor();
  expect(await head.getByRole("row").count()).toBe(0);
  await head.emulateMedia({ media: null });
  const printed = head.evaluate(
    () =>
      new Promise((resolve) => {
        window.print = () => resolve(document.querySelector(".reports-mark")?.textContent);
      }),
  );
  await press(head, "打印");
  expect(await printed).toMatch(/^head于2026-04-20/);
  const { rows } = await house.server.database.pool.query(
    "select body::jsonb #>> '{facts,format}' as format from kernel.ledger where type = 'data.exported' order by at",
  );
  expect(rows).toEqual([{ format: "csv" }, { format: "print" }]);

  await press(head, "本单位的自定义报告");
  await press(head, "新建报告");
  await head.getByLabel("看哪些数字").selectOption("indicators/conclusion");
  await head.getByRole("checkbox", { name: "“按期”的比例" }).check();
  await head.getByLabel("配什么图").selectOption("lines");
  await head.getByRole("row", { name: /2026-03 50 76/ }).waitFor();
  await expectFits(head);
  await head.getByLabel("配什么图").selectOption("bars");
  await head.locator(".recharts-bar").first().waitFor();
  await expectChartsReadable(head);
  await head.getByLabel("配什么图").selectOption("lines");
  await press(head, "保存报告");
  await head.getByText("请给报告起个名称，至少两个字。").waitFor();
  await head.getByLabel("报告名称").fill("按期办结走势");
  await head.getByLabel("定期生成").selectOption("monthly");
  await press(head, "保存报告");
  await head.getByRole("button", { name: "查看 按期办结走势" }).waitFor();
  await leave(head);

  house.server.clock.advance("PT25H");
  walk.forgetSessions();
  await house.server.platform.host.jobs.runDue();
  const phone = await walk.desk("head", "en", 390);
  await phone.goto(`${house.url}/desk/p/reports`);
  await phone.getByRole("radio", { name: "How units answer, compared" }).check();
  const onTime = phone.getByRole("table", { name: "I2 On-time conclusion", exact: true });
  await onTime.getByRole("row", { name: /\(alone\) 70$/ }).waitFor();
  await onTime.getByRole("row", { name: / 80$/ }).waitFor();
  await expectFits(phone);
  await phone.getByRole("radio", { name: "Weekly brief" }).check();
  await phone
    .getByRole("row", { name: /Received 0 0/ })
    .first()
    .waitFor();
  await expectFits(phone);
  await press(phone, "What was changed in a year");
  await phone.getByLabel("What was changed this year").fill("The rule on urgent repairs was written anew.");
  await press(phone, "Sign");
  await phone.getByText("Version 1, signed by head, 2026-04-21").waitFor();
  await expectFits(phone);
  await phone.goto(`${house.url}/desk/registers`);
  await phone.getByLabel("Choose a register").selectOption("kernel/petitions");
  await press(phone, "Run the report");
  await phone.getByText("Nothing matches").waitFor();
  await expectFits(phone);
  const { caseNo } = await walk.paper("clerk", "FIRST", "津贴少发一档");
  await press(phone, "Run the report");
  const number = phone.getByRole("cell", { name: caseNo });
  await number.waitFor();
  const lines = await number.evaluate((cell) => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return words.getClientRects().length;
  });
  expect(lines).toBe(1);
  await expectFits(phone);
  await phone.goto(`${house.url}/desk/p/reports`);
  await press(phone, "Reports of the unit's own");
  await phone.getByRole("button", { name: "Open 按期办结走势 2026-03" }).click();
  await phone.getByRole("row", { name: /2026-03 50 76/ }).waitFor();
  await expectFits(phone);
  await leave(phone);
});
