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
  const units = [{ code: "SECOND", parent: "BRIGADE" }];
  const people = [{ username: "officer2", unit: "SECOND", roles: [{ role: "officer" as const }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ units, people })]);
  walk = walkOf(house, browser);
  await choose(house, "backlog", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a petition of the backlog has its cause, is checked by a third unit, and struck off", async () => {
  // answered already: that is when most is to be checked
  const filed = await walk.delivered("食堂排烟扰民两年没改");
  const { pool } = house.server.database;
  await pool.query("update kernel.cases set flags = flags || '{backlog}' where id = $1", [filed.caseId]);
  await pool.query("update kernel.case_audience set backlog = true where case_id = $1", [filed.caseId]);

  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/p/backlog`);
  await officer.getByRole("button", { name: "打开 食堂排烟扰民两年没改" }).waitFor();
  await expectFits(officer);
  await press(officer, "打开 食堂排烟扰民两年没改");
  await officer.getByRole("radio", { name: "分析症结、定措施" }).check();
  await officer.getByLabel("卡在哪里").selectOption("money");
  await officer.getByLabel("怎样分类处理").selectOption("solve");
  await officer.getByLabel("具体措施：谁、做什么、哪天前").fill("军需股报改造预算，月底前装净化器");
  await expectFits(officer);
  await press(officer, "定下来");
  await officer.getByText("症结：资金没有着落。分类：诉求合理的解决问题到位。").waitFor();
  await officer.getByRole("radio", { name: "请第三方单位验收" }).check();
  await officer.getByLabel("验收单位").selectOption(house.units.get("SECOND") ?? "");
  await expectFits(officer);
  await press(officer, "请求验收");
  await officer.getByText(/正由.*独立验收/).waitFor();

  const third = await walk.desk("officer2", "en", 390);
  await third.goto(`${house.url}/desk/p/backlog/to-check`);
  await third.getByRole("button", { name: "Open 食堂排烟扰民两年没改" }).waitFor();
  await expectFits(third);
  await press(third, "Open 食堂排烟扰民两年没改");
  await third.getByLabel("I have seen that promises were kept").check();
  await third.getByLabel("What the petitioner says, and what you saw").fill("家属说没有油烟了，净化器已装");
  await third.getByLabel("Result").selectOption("passed");
  await expectFits(third);
  await press(third, "Send the result");
  // whoever has said what he found reads the petition no more
  await third.getByText("Your unit is not asked to check anything.").waitFor();
  await third.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await third.getByRole("link", { name: "Back to the queue" }).waitFor();
  expect(await third.getByText("食堂排烟扰民两年没改").count()).toBe(0);
  await leave(third);

  await officer.reload();
  await officer.getByText("家属说没有油烟了，净化器已装").waitFor();
  await officer.getByRole("radio", { name: "销号" }).check();
  await officer.getByLabel("怎样了结的").selectOption("solved");
  await officer.getByLabel("了结的情况").fill("净化器已装，家属满意");
  await press(officer, "销号");
  await officer.getByText("已销号，待回头看").waitFor();
  await officer.goto(`${house.url}/desk/registers`);
  await officer.getByLabel("选择登记簿").selectOption("backlog/register");
  await officer.getByLabel("看哪些").selectOption("struck");
  await press(officer, "生成报表");
  await officer.getByRole("cell", { name: "食堂排烟扰民两年没改" }).waitFor();
  await officer.getByRole("cell", { name: "资金没有着落" }).waitFor();
  await expectFits(officer);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: "积案化解" }).click();
  await officer.getByText("净化器已装，家属满意").waitFor();
  await expectFits(officer);
  expect(await officer.getByText("问题已解决").isVisible()).toBe(true);
  await leave(officer);
  await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: "P91D" }) });
  walk.forgetSessions();
  // its day has come: whoever struck it off reads who looks at it again
  const again = await walk.desk("officer");
  await again.goto(`${house.url}/desk/p/backlog`);
  await again.getByRole("radio", { name: "已经销号" }).check();
  await again.getByRole("button", { name: "打开 食堂排烟扰民两年没改" }).first().click();
  await again.getByText("由没有经手销号的人回头看。").waitFor();
  await expectFits(again);
  expect(await again.getByText("仍要验收").count()).toBe(0);
});
