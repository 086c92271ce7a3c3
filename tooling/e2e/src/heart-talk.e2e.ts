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
  const people = [
    { username: "talker", unit: "FIRST", roles: [{ role: "talkOfficer" as const }] },
    { username: "second", unit: "FIRST", roles: [{ role: "talkOfficer" as const }] },
    { username: "alone", unit: "BRIGADE" },
  ];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "heart-talk", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("whoever is new at the unit is offered his first talk", async () => {
  const talker = await walk.desk("talker");
  await talker.goto(`${house.url}/desk/p/heart-talk`);
  await talker.getByText("还没有谈心对象。先从本单位人员中添加。").waitFor();
  // from the first look on everybody is known; whoever is not has come since
  await house.server.database.pool.query(
    `delete from p_heart_talk.known_people where person_id = (select id from kernel.people where username = 'soldier')`,
  );
  await talker.reload();
  await press(talker, "约第一次谈心 soldier");
  await talker.getByRole("heading", { name: "和soldier谈心" }).waitFor();
  await talker.getByRole("button", { name: "发出约谈" }).waitFor();
  expect(await talker.getByRole("button", { name: "不再作为谈心对象" }).count()).toBe(0);
  await expectFits(talker);
  await leave(talker);
});

test("a talk is offered at the desk, another talker is chosen, it is accepted on a phone, noted, reworded, agreed on, and its promise confirmed", async () => {
  const talker = await walk.desk("talker");
  await talker.goto(`${house.url}/desk/queue`);
  await talker.getByRole("link", { name: "谈心" }).click();
  await talker.getByLabel("怎样介绍自己").fill("指导员");
  await press(talker, "保存介绍");
  await talker.getByText("已保存。").waitFor();
  await press(talker, "添加谈心对象");
  await talker.getByLabel("姓名或拼音").fill("soldier");
  await press(talker, "添加 soldier");
  await talker.getByText("已添加 soldier。").waitFor();
  await expectFits(talker);
  await press(talker, "返回");
  await press(talker, "约谈 soldier");
  await talker.getByLabel("日期").fill("2099-01-02");
  await talker.getByLabel("时间").fill("09:30");
  await talker.getByLabel("地点").fill("连部会议室 Meeting room");
  await expectFits(talker);
  await press(talker, "发出约谈");
  await talker.getByText("等待答复").waitFor();

  const soldier = await walk.desk("soldier", "en", 390);
  await soldier.goto(`${house.url}/`);
  await soldier.getByRole("link", { name: /^Talks/ }).click();
  await soldier.getByRole("heading", { name: "Waiting for you" }).waitFor();
  await expectFits(soldier);
  await press(soldier, "Ask for a talk");
  await soldier.getByLabel("With whom").selectOption({ label: "talker · 指导员" });
  await soldier.getByLabel("When it suits you (if you wish)").fill("Wednesday evening");
  await expectFits(soldier);
  await soldier.goBack();
  await press(soldier, "Open With talker");
  await soldier.getByText("2 January 2099 at 09:30").waitFor();
  await expectFits(soldier);
  for (const other of ["second", "talker"]) {
    await press(soldier, "Another talker");
    await soldier.getByLabel("With whom").selectOption({ label: other === "talker" ? "talker · 指导员" : other });
    await expectFits(soldier);
    await press(soldier, "Choose this one");
    await soldier.getByRole("heading", { name: `A talk with ${other}` }).waitFor();
    await soldier.getByText("Waits for a time").waitFor();
  }
  await talker.reload();
  await talker.getByLabel("日期").fill("2099-01-03");
  await talker.getByLabel("时间").fill("10:00");
  await talker.getByLabel("地点").fill("操场 Sports ground");
  await press(talker, "约定时间");
  await talker.getByText("等待答复").waitFor();
  await talker.getByRole("button", { name: "另约时间" }).waitFor();
  await soldier.reload();
  await soldier.getByText("3 January 2099 at 10:00").waitFor();
  await press(soldier, "Yes, at that time");
  await soldier.getByText("Arranged").waitFor();

  await talker.reload();
  await talker.getByText("已约好").waitFor();
  await press(talker, "谈过了，写记录");
  await talker.getByLabel("谈心日期").fill(walk.today());
  await talker.getByLabel("需要什么（每行一条）").fill("1\n2\n3\n4\n5\n6");
  await press(talker, "记下来，请对方确认");
  await talker.getByText("最多五行，请合并或删去几条。").first().waitFor();
  await talker.getByLabel("需要什么（每行一条）").fill("父亲住院，想请几天假 Leave for the family");
  await talker.getByLabel("答应的事 1").fill("帮他把假报上去 Hand in the leave");
  await talker.getByLabel("哪天前办好 1").fill("2099-01-05");
  await expectFits(talker);
  await press(talker, "记下来，请对方确认");
  await talker.getByText("你已同意，等对方确认。").waitFor();

  await soldier.reload();
  await soldier.getByText("Promised: 帮他把假报上去 Hand in the leave · by 5 January 2099").waitFor();
  await press(soldier, "Change it");
  await soldier.getByLabel("What is needed (one a line)").fill("想请十天假 Ten days of leave");
  await press(soldier, "Put it like this");
  await soldier.getByText("You have agreed; the other has not yet.").waitFor();

  await talker.reload();
  await talker.getByText("想请十天假 Ten days of leave").waitFor();
  await press(talker, "记得没错，我同意");
  await talker.getByText("已确认").first().waitFor();
  await press(talker, "已办好 帮他把假报上去 Hand in the leave");
  await talker.getByText("等对方确认").waitFor();
  await leave(talker);

  await soldier.reload();
  await press(soldier, "It was kept 帮他把假报上去 Hand in the leave");
  await soldier.getByText("Kept", { exact: true }).waitFor();
  await expectFits(soldier);

  await press(soldier, "Write a petition of my own");
  await soldier.getByRole("radio", { name: "Report misconduct" }).check();
  await soldier.getByLabel("Title").fill("采购送礼 Gifts");
  await soldier
    .getByLabel("What happened, and what should be done")
    .fill("供应商逢签合同必送礼。Gifts for each contract.");
  await soldier.getByRole("radio", { name: /^Anonymous/ }).check();
  await expectFits(soldier);
  await press(soldier, "Submit");
  await soldier.getByRole("heading", { name: "Received" }).waitFor();
  await expectFits(soldier);
  await leave(soldier);
  const { rows } = await house.server.database.pool.query(
    "select channel, confidentiality from kernel.cases order by received_at desc limit 1",
  );
  expect(rows).toEqual([{ channel: "talkConverted", confidentiality: 3 }]);
});

test("whoever is not signed in is asked to; one way in more does not stand among those of everybody", async () => {
  const page = await walk.visitor("zh-CN");
  await page.goto(`${house.url}/p/heart-talk?u=FIRST`);
  await page.getByText("请先登录，再看自己的谈心。").waitFor();
  await expectFits(page);
  await page.goto(`${house.url}/file?u=FIRST`);
  await page.waitForURL(/\/p\/online-petition/);
  await leave(page);
});

test("where nobody holds talks its people are told so, and there is nothing to press", async () => {
  const alone = await walk.desk("alone", "en", 390);
  await alone.goto(`${house.url}/p/heart-talk`);
  await alone.getByText("Nobody holds talks at this unit yet. Ask your unit.").waitFor();
  await alone.getByText("No talks yet. If you would like to talk to somebody, ask for it.").waitFor();
  expect(await alone.getByRole("button", { name: "Ask for a talk" }).count()).toBe(0);
  await expectFits(alone);
  await leave(alone);
});
