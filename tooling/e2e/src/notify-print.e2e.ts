import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { drawer, leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "notify-print", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a sealed reply is printed from the list and its delivery recorded there; the petition is replied to", async () => {
  const filed = await walk.sealed("窗户漏雨");
  // nothing moves the petition between the list and the press
  await using _sweep = await house.server.holdSweep();
  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/queue`);
  await officer.getByRole("link", { name: "待送达文书" }).click();
  const open = officer.getByRole("button", { name: /^打开打印：/ });
  await open.waitFor();
  await expectFits(officer);
  const [tab] = await Promise.all([officer.waitForEvent("popup"), open.click()]);
  await officer.getByText(/已打印$/).waitFor();
  await tab.close();
  await officer.getByRole("button", { name: /^登记送达：/ }).click();
  await drawer(officer)
    .getByRole("radio", { name: /^当面交付/ })
    .check();
  await press(drawer(officer), "确认已送达");
  await drawer(officer).getByText("请写明收到日期。").first().waitFor();
  await expectFits(officer);

  const phone = await walk.desk("handler", "en", 390);
  await phone.goto(`${house.url}/desk/p/notify-print`);
  await phone.getByText(/^Printed /).waitFor();
  await expectFits(phone);
  await leave(phone);

  await drawer(officer).getByRole("radio", { name: /^邮寄/ }).check();
  await drawer(officer).getByRole("textbox", { name: "凭证" }).fill("XA12345678911");
  await press(drawer(officer), "确认已送达");
  await officer.getByText("没有待送达的文书。").waitFor();
  const { state } = (await walk.by("officer", "cases.get", { caseId: filed.caseId })) as { state: string };
  expect(state).toBe("replied");
  await leave(officer);
});
