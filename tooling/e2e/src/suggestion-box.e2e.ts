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
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "suggestion-box", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("put in without an account, shown and supported, studied as a petition, and its result published", async () => {
  const author = await walk.visitor("en", 390);
  await author.goto(`${house.url}/?u=FIRST`);
  await author.getByRole("link", { name: /^Suggestion box/ }).click();
  await author.getByText("No suggestion is shown yet.").waitFor();
  await expectFits(author);
  await press(author, "Suggest something");
  await author.getByLabel("In one sentence").fill("One meeting a week 会议合并");
  await author.getByLabel("What you suggest").fill("Two meetings repeat each other. 两次会内容一样。");
  await author.getByRole("radio", { name: /^Without a name/ }).check();
  await author.getByRole("radio", { name: /^Yes, on the board/ }).check();
  await expectFits(author);
  await press(author, "Put it into the box");
  await author.getByRole("heading", { name: "It is in the box" }).waitFor();
  const code = (await author.locator(".ds-code").textContent()) ?? "";
  await expectFits(author);

  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/queue`);
  await clerk.getByRole("link", { name: "意见箱" }).click();
  await clerk.getByRole("button", { name: "打开：One meeting a week 会议合并" }).waitFor();
  await expectFits(clerk);
  await press(clerk, "打开：One meeting a week 会议合并");
  await clerk.getByRole("radio", { name: /^放上公示栏/ }).check();
  await expectFits(clerk);
  await press(clerk, "放上公示栏");
  await clerk.getByText("已上公示栏").waitFor();

  const soldier = await walk.desk("soldier", "zh-CN", 390);
  await soldier.goto(`${house.url}/p/suggestion-box?u=FIRST`);
  await press(soldier, "附议：One meeting a week 会议合并");
  await soldier.getByRole("button", { name: "已附议：One meeting a week 会议合并" }).waitFor();
  await expectFits(soldier);
  await leave(soldier);

  await clerk.getByRole("radio", { name: /^提交研究/ }).check();
  await expectFits(clerk);
  await press(clerk, "立为信访事项");
  await clerk.getByText("信访事项答复以后，在这里公布结果。").waitFor();
  await house.server.database.pool.query("update kernel.cases set status = 'replied' where title like 'One meeting%'");
  await clerk.reload();
  await clerk.getByRole("radio", { name: /^公布结果/ }).check();
  await clerk.getByRole("radio", { name: "部分采纳" }).check();
  await clerk.getByLabel("说明").fill("从下月起周会合并，报表另行研究。");
  await expectFits(clerk);
  await press(clerk, "公布结果");
  await clerk.getByText("意见箱里没有要整理的建议。").waitFor();
  await leave(clerk);

  await press(author, "Back to the box");
  await author.getByText("Adopted in part").waitFor();
  await expectFits(author);
  await press(author, "Look at mine");
  await author.getByLabel("Suggestion code").fill(code);
  await press(author, "Open");
  await author.getByText("There is a result.").waitFor();
  await author.getByRole("region", { name: "Return code" }).waitFor();
  await expectFits(author);
  await press(author, "I have written it down");
  await author.getByRole("region", { name: "Return code" }).waitFor({ state: "detached" });
  expect(await author.getByText("从下月起周会合并，报表另行研究。").count()).toBe(1);
  await leave(author);
});
