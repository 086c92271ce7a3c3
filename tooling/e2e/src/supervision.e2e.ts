import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [
    { username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] },
    { username: "head", unit: "BRIGADE", roles: [{ role: "signer" as const, subtree: true }] },
    { username: "organ", unit: "BRIGADE", roles: [{ role: "discipline" as const, subtree: true }] },
  ];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "supervision", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a petition that is shifted about is supervised, answered by its unit, and ends when the unit above accepts", async () => {
  const filed = await walk.inHandling("窗户漏雨无人管");
  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/supervision/raise/${filed.caseId}`);
  await above.getByLabel("因为什么").selectOption("shifting");
  await above.getByLabel("具体情况").fill("两次报修，营房股和后勤股互相推");
  await press(above, "列入督办");
  await above.getByRole("heading", { name: "窗户漏雨无人管" }).waitFor();
  await above.getByRole("radio", { name: "发督办函" }).check();
  await above.getByLabel("要求做什么").fill("明确一名责任人，三天内到现场");
  await press(above, "确定");
  await above.getByText("等答复").waitFor();
  // two letters later, as the rules tests take it there
  const { pool } = house.server.database;
  await pool.query("update p_supervision.steps set rung = 'interview'");
  await pool.query("update p_supervision.matters set rung = 'interview'");
  await above.reload();
  const talk = above.getByRole("region", { name: "记录约谈" });
  for (const [label, name] of [
    ["被约谈的领导", "signer"],
    ["另一名约谈人", "officer"],
  ] as const) {
    await talk.getByLabel(label).fill(name);
    await above.getByRole("option").first().click();
  }
  await talk.getByLabel("谈了什么").fill("为什么没有人管");
  await talk.getByLabel(/^承诺1(?!的)/).fill("明天到现场");
  await expectFits(above);
  await press(talk, "记下约谈");
  await above.getByText(/承诺：明天到现场/).waitFor();
  await above.goto(`${house.url}/desk/p/supervision/recommendations`);
  await above.getByLabel("发给").selectOption({ label: "FIRST" });
  await above.getByLabel("哪一种").selectOption("improveWork");
  await above.getByLabel("建议什么").fill("报修当天指定责任人");
  await above.getByLabel("依据的情况").fill("半年里九件报修互相推");
  await press(above, "发出");
  await above.getByText("依据：半年里九件报修互相推").waitFor();
  await expectFits(above);
  await above.goto(`${house.url}/desk/p/supervision/inspections`);
  await above.getByLabel("督查哪个单位").selectOption({ label: "FIRST" });
  await above.getByLabel("督查什么").fill("报修办理质量");
  await press(above, "抽样开始");
  const drawn = above.getByRole("region", { name: "窗户漏雨无人管" });
  await drawn.waitFor();
  // as one that was drawn by itself
  await pool.query("update p_supervision.inspections set month = '2026-02'");
  await above.reload();
  await above.getByRole("heading", { name: "2026-02办结事项抽查" }).waitFor();
  await drawn.getByLabel("评价由信访人本人作出").waitFor();
  for (const select of await drawn.getByRole("combobox").all()) await select.selectOption("yes");
  await expectFits(above);
  await press(drawn, "记下这件");
  await above.getByLabel("督查结论").fill("一件抽查，全部合规");
  await press(above, "结束督查");
  await above.getByText("结论：一件抽查，全部合规").waitFor();

  // as the barometer hands it over
  const first = await pool.query("select id from kernel.units where code = 'FIRST'");
  await above.goto(`${house.url}/desk/p/supervision/silent/${crypto.randomUUID()}/${first.rows[0].id}/leaderMailbox`);
  await above.getByLabel("已经知道什么，要求说明什么").fill("连续三个月没有来信，说明信箱由谁开启");
  await expectFits(above);
  await press(above, "列入督办");
  await above.getByRole("radio", { name: "发督办函" }).waitFor();
  await above.getByRole("heading", { name: "信访渠道没有来件：领导信箱" }).waitFor();
  await expectFits(above);

  const unit = await walk.desk("officer", "en", 390);
  await unit.goto(`${house.url}/desk/p/supervision/to-answer`);
  await unit.getByRole("button", { name: "Open 窗户漏雨无人管" }).waitFor();
  await expectFits(unit);
  await press(unit, "Open 窗户漏雨无人管");
  await unit.getByText("明确一名责任人，三天内到现场").waitFor();
  await unit.getByLabel("Answer in writing").fill("营房股负责，明天上午到现场");
  await expectFits(unit);
  await press(unit, "Answer");
  await unit.getByText("To be judged").waitFor();
  await unit.goto(`${house.url}/desk/p/supervision/to-answer`);
  await unit.getByText("1 checked, 0 of them with something wrong").waitFor();
  await unit.getByText("Found: 一件抽查，全部合规").waitFor();
  await unit.getByLabel("Is it adopted").selectOption("adopted");
  await expectFits(unit);
  await press(unit, "Answer the recommendation");
  await unit.getByText(/^Answered on .*: adopted\./).waitFor();
  await leave(unit);

  // a letter of no petition outlives its term where two of its unit say so
  await above.goto(`${house.url}/desk/unit-letters`);
  await press(above, "发出的");
  await above.getByRole("link", { name: "信访工作建议书" }).click();
  await press(above, "提议法定保留");
  await above.getByRole("dialog").getByLabel(/^理由/).fill("写错的理由");
  await press(above.getByRole("dialog"), "取消");
  await press(above, "提议法定保留");
  await expect.poll(() => above.getByRole("dialog").getByLabel(/^理由/).inputValue()).toBe("");
  await press(above.getByRole("dialog"), "提议法定保留");
  await above.getByRole("dialog").getByText("请写明理由。").first().waitFor();
  await above.getByRole("dialog").getByLabel(/^理由/).fill("诉讼未结");
  await expectFits(above);
  await press(above.getByRole("dialog"), "提议法定保留");
  await above.getByText(/提出法定保留：诉讼未结/).waitFor();

  // what was asked is a letter: somebody of the unit that asks signs it, and the other one confirms
  const head = await walk.desk("head");
  await head.goto(`${house.url}/desk/unit-letters`);
  await head.getByRole("link", { name: "信访工作建议书" }).waitFor();
  await expectFits(head);
  await head.getByRole("link", { name: "信访工作建议书" }).click();
  await press(head, "确认法定保留");
  await head.getByText("法定保留中：期满也不销毁。").waitFor();
  await expectFits(head);
  await head.goto(`${house.url}/desk/unit-letters`);
  await head.getByRole("link", { name: "督办函" }).click();
  await head.getByText("明确一名责任人，三天内到现场").waitFor();
  await expectFits(head);
  await press(head, "签发");
  await press(head.getByRole("dialog"), "签发");
  await head.getByText("已签发，收文单位可以看到。").waitFor();
  await head
    .getByText(/BRIGADE〔\d{4}〕\d+-DM/)
    .first()
    .waitFor();
  await leave(head);
  const reader = await walk.desk("officer", "en", 390);
  await reader.goto(`${house.url}/desk/p/supervision/to-answer`);
  await press(reader, "Open 窗户漏雨无人管");
  await reader.getByRole("link", { name: /^Urging letter · BRIGADE/ }).click();
  await press(reader, "Confirm receipt");
  await reader.getByText("Confirmed.").waitFor();
  await expectFits(reader);
  await leave(reader);

  await above.goto(`${house.url}/desk/p/supervision`);
  await above.getByText("待审看").waitFor();
  await expectFits(above);
  await press(above, "打开 窗户漏雨无人管");
  await above.getByText(/营房股负责，明天上午到现场/).waitFor();
  await above.getByRole("radio", { name: "认可答复，销号" }).check();
  await above.getByLabel("审看意见").fill("已回访，窗户修好");
  await press(above, "确定");
  await above.getByText("结果：已回访，窗户修好").waitFor();
  await above.getByRole("link", { name: "看这件信访事项" }).click();
  await above.getByRole("tab", { name: "督查督办" }).click();
  await above.getByText("结果：已回访，窗户修好").waitFor();
  await expectFits(above);
  expect(await above.getByRole("button", { name: "督办这件事" }).isVisible()).toBe(true);
  await leave(above);
});

test("the organ writes down who was held accountable and clears a name, and nobody else finds any of it", async () => {
  const filed = await walk.paper("clerk", "FIRST", "食堂采购收礼", { purpose: "accuse" });
  // how an accusation comes to its end is told elsewhere (P04)
  await house.server.database.pool.query("update kernel.cases set status = 'final' where id = $1", [filed.caseId]);
  const organ = await walk.desk("organ");
  await organ.goto(`${house.url}/desk/p/supervision/accountability`);
  await organ.getByText("还没有记录。").waitFor();
  const hold = organ.getByRole("region", { name: "记录追责" });
  await hold.getByLabel(/^被追责的单位或个人/).fill("营房股股长");
  for (const [label, value] of [
    [/^依据/, "45-1"],
    [/^责任/, "direct"],
    [/^处理方式/, "admonition"],
  ] as const)
    await hold.getByLabel(label).selectOption(value);
  await hold.getByLabel("集体决策时明确表示反对并有记录").check();
  await hold.getByLabel(/^事实/).fill("一个月没有人管");
  await hold.getByLabel(/^决定机关/).fill("旅党委");
  await press(hold, "记下追责");
  // whoever had his opposition recorded is not liable [R22:42]
  await hold.getByRole("alert").waitFor();
  await hold.getByLabel("集体决策时明确表示反对并有记录").uncheck();
  await press(hold, "记下追责");
  await organ.getByText("营房股股长 · 诫勉").waitFor();
  await expectFits(organ);
  await press(organ, "记下已告知人事部门");
  await organ.getByText(/已书面告知人事部门/).waitFor();

  const clear = organ.getByRole("region", { name: "澄清正名" });
  await clear.getByLabel(/^已办结的检举控告/).selectOption(filed.caseId);
  await clear.getByLabel(/^被反映人/).fill("孟班长");
  await clear.getByLabel(/^认定不属实的文书文号/).fill("旅纪〔2026〕12号");
  await press(clear, "决定告知本人");
  await organ.getByText("澄清：孟班长").waitFor();
  await press(organ, "记下已当面送达");
  await organ.getByText(/已当面送达$/).waitFor();
  await organ.getByLabel(/^希望在哪个范围/).fill("三连");
  await press(organ, "记下本人意愿");
  await organ.getByText(/希望在“三连”范围内澄清/).waitFor();
  await organ.getByLabel(/^书面澄清的内容/).fill("经查，反映的情况不属实");
  await press(organ, "记下已书面澄清");
  await organ.getByText(/书面澄清：经查，反映的情况不属实/).waitFor();
  await organ.getByRole("link", { name: "这些记录的保管期限" }).click();
  await press(organ, "提出销毁");
  await organ.getByText("须由本纪检部门的另一名成员确认。").waitFor();
  await expectFits(organ);
  await leave(organ);

  const phone = await walk.desk("organ", "en", 390);
  await phone.goto(`${house.url}/desk/p/supervision/accountability`);
  await phone.getByText("To be cleared: 孟班长").waitFor();
  await expectFits(phone);
  await phone.goto(`${house.url}/desk/organ-terms`);
  await press(phone, "Let it be");
  await phone.getByRole("button", { name: "Ask to destroy" }).waitFor();
  await expectFits(phone);
  await leave(phone);

  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/supervision/accountability`);
  await above.getByRole("heading", { level: 1 }).first().waitFor();
  expect(await above.locator("body").textContent()).not.toContain("营房股股长");
  await leave(above);
  for (const username of ["supervisor", "head", "officer", "clerk", "admin"])
    await expect(
      call(house.url, await walk.cookieOf(username), "p/supervision/organRecords", {}, house.units.get("BRIGADE")),
    ).rejects.toThrow(/forbidden/);
});
