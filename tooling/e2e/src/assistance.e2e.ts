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
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "assistance", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("hardship found by the handler is helped, followed up by a colleague and stands in the register", async () => {
  const filed = await walk.inHandling("冬天宿舍没有暖气");
  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "困难帮扶" }).click();
  await handler.getByText("这件事项还没有登记过帮扶。").waitFor();
  await expectFits(handler);
  await press(handler, "登记帮扶");
  await handler.getByLabel("发现了什么困难").fill("孩子生病，家里开支紧张");
  await handler.getByLabel("帮扶方式").selectOption("medical");
  await handler.getByLabel("给予了什么帮扶").fill("联系专科医院，当天住上院");
  await handler.getByLabel("由哪个部门给予").fill("卫生队");
  await expectFits(handler);
  await press(handler, "登记");
  await handler.getByRole("tab", { name: "困难帮扶" }).click();
  await handler.getByText("给予帮扶：联系专科医院，当天住上院").waitFor();
  await handler.getByText("等回访").waitFor();
  await expectFits(handler);
  const tasks = (await walk.by("handler", "tasks.list", {})) as unknown as readonly { text: string }[];
  expect(tasks.map((one) => one.text)).toEqual([expect.stringContaining("回访困难帮扶")]);

  const officer = await walk.desk("officer", "en", 390);
  await officer.goto(`${house.url}/desk/p/assistance`);
  await press(officer, "Follow up 冬天宿舍没有暖气");
  await officer.getByText("Given: 联系专科医院，当天住上院").waitFor();
  await officer.getByRole("radio", { name: "It holds; no more follow-up" }).check();
  await officer.getByLabel("What you learned").fill("孩子已经出院");
  await expectFits(officer);
  await press(officer, "Confirm");
  await officer.getByRole("tab", { name: "Assistance" }).click();
  await officer.getByText("The help holds", { exact: true }).waitFor();
  await expectFits(officer);

  await officer.goto(`${house.url}/desk/p/assistance`);
  await officer.getByText("No help waits for a follow-up.").waitFor();
  await officer.getByRole("radio", { name: "Register of help" }).check();
  await officer.getByRole("table").getByRole("row").nth(1).waitFor();
  expect(await officer.getByRole("table").getByRole("row").nth(1).getByRole("cell").allTextContents()).toEqual([
    ...["0", "0", "1", "0", "0", "0"],
  ]);
  await officer.getByText("联系专科医院，当天住上院").waitFor();
  await expectFits(officer);
  await leave(officer);
  await leave(handler);
});
