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
  await choose(house, "leader-mailbox", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a mailbox is opened, a letter written without an account, read word for word by the leader alone", async () => {
  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/p/leader-mailbox/arrange`);
  await officer.getByText("还没有开设信箱。").waitFor();
  await officer.getByLabel("首长", { exact: true }).selectOption({ index: 1 });
  await officer.getByLabel("职务").fill("营长");
  await officer.getByLabel("分管工作").fill("全面工作");
  await expectFits(officer);
  await press(officer, "开设");
  await officer.getByRole("button", { name: /^停用营长/ }).waitFor();
  await expectFits(officer);
  await leave(officer);

  const author = await walk.visitor("en", 390);
  await author.goto(`${house.url}/?u=FIRST`);
  await author.getByRole("link", { name: /^Leader's mailbox/ }).click();
  await author.getByRole("button", { name: /^Write to / }).waitFor();
  await expectFits(author);
  await author.getByRole("button", { name: /^Write to / }).click();
  await author.getByLabel("In one sentence").fill("No hot water 没有热水");
  await author.getByLabel("Your letter").fill("Block three has had none for two winters.\n\n三号楼两个冬天没有热水。");
  await author.getByRole("radio", { name: "A problem to be solved" }).check();
  await author.getByRole("radio", { name: "No", exact: true }).check();
  await author.getByRole("radio", { name: "Without a name" }).check();
  await expectFits(author);
  await press(author, "Send");
  await author.getByText(/It is in the leader's mailbox/).waitFor();
  await author.getByRole("region", { name: "Return code" }).waitFor();
  await expectFits(author);
  await leave(author);

  const leader = await walk.desk("signer");
  await leader.goto(`${house.url}/desk/queue`);
  await leader.getByRole("link", { name: "首长信箱", exact: true }).click();
  await leader.getByRole("button", { name: "打开：No hot water 没有热水" }).waitFor();
  await expectFits(leader);
  await press(leader, "打开：No hot water 没有热水");
  await leader.getByText("三号楼两个冬天没有热水。").waitFor();
  await expectFits(leader);
  await press(leader, "标为已阅");
  await leader.getByText(/日已阅$/).waitFor();
  expect(await leader.getByRole("button", { name: "标为已阅" }).count()).toBe(0);
  await leave(leader);

  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/p/leader-mailbox`);
  await clerk.getByText("您的角色不能打开这一页。").waitFor();
  await leave(clerk);
});
