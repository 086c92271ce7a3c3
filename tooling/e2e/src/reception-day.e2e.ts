import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "leader", unit: "FIRST", roles: [{ role: "chargeLeader" as const }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "reception-day", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const pick = async (page: Page, label: string, name: string): Promise<void> => {
  await page.getByRole("combobox", { name: label }).fill(name);
  await page.getByRole("option", { name: new RegExp(`^${name} `) }).click();
};

test("a day is published, booked without an account, prepared, held; its promise comes back until it was kept", async () => {
  const filed = await walk.inHandling("宿舍漏水");
  const visitor = await (
    await browser.newContext({ ...STILL, locale: "en", viewport: { width: 390, height: 844 } })
  ).newPage();
  await visitor.goto(`${house.url}/p/reception-day?u=FIRST`);
  await visitor.getByText(/^No reception day is announced/).waitFor();
  await visitor.getByLabel("What it is about (one line, if you wish)").fill("宿舍漏水");
  await expectFits(visitor);
  await press(visitor, "Leave my wish");
  await visitor.getByText("Noted. Once a day is announced, choose a time here.").waitFor();

  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/queue`);
  await officer.getByRole("link", { name: "接访日" }).click();
  await officer.getByText(/有 1 人想见领导/).waitFor();
  await expectFits(officer);
  await press(officer, "公布接访日");
  await pick(officer, "领导", "leader");
  await officer.getByLabel("职务").fill("营长");
  await officer.getByLabel("地点").fill("一号楼接访室");
  await officer.getByLabel("日期").fill("2099-03-10");
  await officer.getByLabel("从").fill("09:00");
  await officer.getByLabel("到").fill("10:00");
  await expectFits(officer);
  await press(officer, "公布");
  await officer.getByText("已约 0 / 2").waitFor();

  expect(await officer.getByText(/人想见领导/).count()).toBe(0);
  await visitor.goto(`${house.url}/?u=FIRST`);
  await visitor.getByRole("link", { name: /^See a leader/ }).click();
  await visitor.getByRole("button", { name: /^Choose a time: leader/ }).waitFor();
  await expectFits(visitor);
  await visitor.getByRole("button", { name: /^Choose a time: leader/ }).click();
  await visitor.getByRole("radio", { name: /09:00/ }).check();
  await visitor.getByLabel("What it is about (one line, if you wish)").fill("宿舍漏水 The roof leaks");
  await expectFits(visitor);
  await press(visitor, "Take this time");
  await visitor.getByRole("heading", { name: "Booked", exact: true }).waitFor();
  const code = (await visitor.locator(".ds-code").textContent()) ?? "";
  await expectFits(visitor);
  const download = visitor.waitForEvent("download");
  await press(visitor, "Save to the calendar");
  expect((await download).suggestedFilename()).toBe("reception.ics");

  await officer.reload();
  await officer.getByText("已约 1 / 2").waitFor();
  await officer.getByRole("button", { name: /^打开 leader/ }).click();
  await officer.getByText("宿舍漏水 The roof leaks").waitFor();
  await expectFits(officer);
  await officer.getByRole("button", { name: /^接访 / }).click();
  await pick(officer, "和哪件信访事项有关", filed.caseNo);
  await press(officer, "关联");
  await officer.getByText(/信访事项 .*宿舍漏水/).waitFor();
  await officer.getByLabel("谈了什么（念给来访人听过）").fill("已当面核实 Seen on the spot");
  await officer.getByLabel("答应 1").fill("修好屋顶 Mend the roof");
  await press(officer, "记下，下一位");
  await officer.getByText("请写全：做什么、谁来办、哪天前。").first().waitFor();
  await pick(officer, "谁来办 1", "handler");
  await officer.getByLabel("哪天前 1").fill("2099-03-20");
  await press(officer, "全屏");
  const pad = officer.locator(".ds-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("no box to sign in");
  await officer.mouse.move(box.x + 20, box.y + 20);
  await officer.mouse.down();
  await officer.mouse.move(box.x + 90, box.y + 60);
  await officer.mouse.up();
  await expectFits(officer);
  // no network in the room: it is noted on the device, where nobody can read it, and goes through as soon as there is one
  await officer.context().setOffline(true);
  await press(officer, "记下，下一位");
  await officer.getByText("有 1 次来访记在本机，网络恢复后自动保存。").waitFor();
  await officer.getByText("已记在本机，等待网络").waitFor();
  expect(await officer.getByText("未到", { exact: true }).count()).toBe(0);
  const onDevice = await officer.evaluate(() => JSON.stringify(localStorage));
  expect([onDevice.includes("doorstep.sealed:"), onDevice.includes("已当面核实")]).toEqual([true, false]);
  // without a network nobody is signed out, and what waits is not lost
  await officer.getByRole("button", { name: /^退出（/ }).click();
  await officer.getByText("现在没有网络，还没有退出。").waitFor();
  await expectFits(officer);
  expect(await officer.evaluate(() => JSON.stringify(localStorage))).toContain("doorstep.sealed:");
  await officer.context().setOffline(false);
  await officer.getByText("已接访").waitFor();
  await officer.getByText("来访人已签字").waitFor();
  expect(await officer.evaluate(() => JSON.stringify(localStorage))).not.toContain("doorstep.sealed:");
  await press(officer, "已办好 修好屋顶 Mend the roof");
  await officer.getByText("已办好", { exact: true }).waitFor();
  await leave(officer);

  const own = await walk.own(filed, "zh-CN");
  await own.getByText("修好屋顶 Mend the roof").waitFor();
  await leave(own);

  await visitor.goto(`${house.url}/p/reception-day/code`);
  await visitor.getByLabel("Booking code").fill(code.toLowerCase());
  await press(visitor, "Show");
  await visitor.getByText(/^Received/).waitFor();
  await leave(visitor);
});

test("an accusation that a visitor brings leaves nothing with the visit; the day is called off with a public reason", async () => {
  const officer = await walk.desk("officer", "en", 390);
  const visitor = await walk.desk("soldier", "zh-CN", 1440);
  await visitor.goto(`${house.url}/p/reception-day`);
  await visitor.getByRole("button", { name: /^选时间：leader/ }).click();
  await visitor.getByRole("radio", { name: /09:30/ }).check();
  await press(visitor, "约这个时间");
  await visitor.getByRole("heading", { name: "已约好" }).waitFor();

  await officer.goto(`${house.url}/desk/p/reception-day`);
  await officer.getByRole("button", { name: /^Open leader/ }).click();
  await officer.getByRole("button", { name: /^Receive / }).click();
  await press(officer, "Take it down as a petition");
  await officer.getByRole("radio", { name: "Anonymous", exact: true }).check();
  await officer.getByRole("radio", { name: "Report misconduct", exact: true }).check();
  await officer.locator("input[name=title]").fill("采购送礼");
  await officer.locator("textarea[name=body]").fill("供应商逢签合同必送礼。");
  await officer.locator("input[name=readBack]").check();
  await expectFits(officer);
  await press(officer, "Register and print the receipt");
  await officer.getByText("It is with the discipline organ. Nothing of the visit stays here.").waitFor();
  await press(officer, "Back");
  await officer.getByText("With the discipline organ").waitFor();
  await expectFits(officer);

  await press(officer, "Change");
  await officer.getByRole("radio", { name: "Call it off" }).check();
  await officer.getByLabel("Why (made public)").fill("野外驻训 In the field");
  await expectFits(officer);
  await press(officer, "Call it off");
  await officer.getByText("Why it changed: 野外驻训 In the field").waitFor();
  await leave(officer);

  await visitor.goto(`${house.url}/p/reception-day`);
  await visitor.getByText("调整原因：野外驻训 In the field").first().waitFor();
  await expectFits(visitor);
  await leave(visitor);
});
