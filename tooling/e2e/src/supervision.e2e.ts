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
    { username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] },
    { username: "head", unit: "BRIGADE", roles: [{ role: "signer" as const, subtree: true }] },
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
  await unit.getByText("Found: 一件抽查，全部合规").waitFor();
  await unit.getByLabel("Is it adopted").selectOption("adopted");
  await expectFits(unit);
  await press(unit, "Answer the recommendation");
  await unit.getByText(/^Answered on .*: adopted\./).waitFor();
  await leave(unit);

  // what was asked is a letter: somebody of the unit that asks signs it, and the other one confirms
  const head = await walk.desk("head");
  await head.goto(`${house.url}/desk/unit-letters`);
  await head.getByRole("link", { name: "信访工作建议书" }).waitFor();
  await expectFits(head);
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
