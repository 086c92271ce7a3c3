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
  const people = [{ username: "leader", unit: "FIRST", roles: [{ role: "chargeLeader" as const }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  for (const module of ["leader-desk", "reception-day", "leader-mailbox", "indicators", "barometer"])
    await choose(house, module, "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a leader finds nothing to do, takes the oldest of the backlog, plans it, and finds it on the page of the day", async () => {
  const filed = await walk.inHandling("楼顶防水三年没有修");
  const { pool } = house.server.database;
  await pool.query(
    "update kernel.cases set flags = flags || '{backlog}', received_at = now() - interval '200 days' where id = $1",
    [filed.caseId],
  );
  await pool.query("update kernel.case_audience set backlog = true where case_id = $1", [filed.caseId]);

  const leader = await walk.desk("leader");
  // what is not loaded yet is not called empty
  await leader.addInitScript(() => {
    new MutationObserver(() => {
      if (document.body?.textContent?.includes("没有模块在这里显示内容"))
        document.documentElement.dataset.saidEmpty = "yes";
    }).observe(document, { childList: true, subtree: true });
  });
  await leader.goto(`${house.url}/desk/today`);
  await leader.getByText("今天没有必须处理的事项。").waitFor();
  expect(await leader.locator("html").getAttribute("data-said-empty")).toBeNull();
  for (const words of [
    "没有包案。",
    "没有排好的接访日。",
    "来信都读过了。",
    "没有要你限期办的事。",
    "没有等你审批的文书。",
    "目前没有预警",
  ])
    await leader.getByText(words).waitFor();
  await leader.getByRole("link", { name: "本月登记" }).waitFor();
  await expectFits(leader);
  await leader.goto(`${house.url}/desk/p/leader-desk`);
  await press(leader, "领一件");
  await press(leader, "领这一件 楼顶防水三年没有修");
  await leader
    .getByRole("dialog")
    .getByText(/五个工作日内见到来信人/)
    .waitFor();
  await press(leader.getByRole("dialog"), "由我包案");
  await leader.getByLabel("事实和症结").waitFor();
  await leader.getByLabel("没有见面的原因（已见面不用填）").fill("来信人休假，下周一见");
  await leader.getByLabel("事实和症结").fill("防水层老化，维修费一直没有列入计划");
  await leader.getByLabel("政策和法规依据").fill("营房维修管理有关规定");
  await leader.getByLabel("准备怎么解决").fill("列入本季度维修计划");
  await expectFits(leader);
  await press(leader, "定下方案");
  await leader.getByText("没有见面：来信人休假，下周一见").waitFor();
  await leader.getByRole("radio", { name: "督办，要求报告" }).check();
  await leader.getByLabel("要求报告什么").fill("报告维修费落实情况");
  await press(leader, "发出督办");
  await leader.getByText(/报告维修费落实情况：.*等报告/).waitFor();
  await leader.goto(`${house.url}/desk/p/leader-desk`);
  await leader.getByRole("heading", { name: "推进中" }).waitFor();
  await leader.getByText("200天").waitFor();
  await expectFits(leader);
  // L3: urging is one press away from the card
  await press(leader, "督办 楼顶防水三年没有修");
  await leader.getByLabel("要求报告什么").waitFor();
  await leader.goto(`${house.url}/desk/p/leader-desk`);
  await leader.getByRole("radio", { name: "超过180天的" }).check();
  await leader.getByText("200天").waitFor();
  const received = (days: number) =>
    pool.query("update kernel.cases set received_at = now() - make_interval(days => $2) where id = $1", [
      filed.caseId,
      days,
    ]);
  await received(100);
  await leader.reload();
  await leader.getByText("100天").waitFor();
  await leader.getByRole("radio", { name: "超过180天的" }).check();
  await leader.getByText("没有超过180天的包案。").waitFor();
  await expectFits(leader);
  await received(200);
  await leave(leader);

  const phone = await walk.desk("leader", "en", 390);
  // a box that fails says so, and the others stay
  await phone.route(/\/rpc\/p\/leader-mailbox/, (route) => route.abort());
  await phone.goto(`${house.url}/desk/today`);
  await phone.getByRole("region", { name: "Leader's mailbox" }).getByRole("button", { name: "Try again" }).waitFor();
  await phone.getByRole("button", { name: "Deal with the most urgent one" }).waitFor();
  await expectFits(phone);
  await press(phone, "Deal with the most urgent one");
  await phone.getByText("Did not meet: 来信人休假，下周一见").waitFor();
  await phone.close();

  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: "Leader's cases" }).click();
  await officer.getByText("列入本季度维修计划").waitFor();
  await expectFits(officer);
  await officer.goto(`${house.url}/desk/p/leader-desk/unit`);
  await officer.getByText("Leader: leader").waitFor();
  await expectFits(officer);
  expect(await officer.getByRole("button", { name: /^Plan and hand-over/u }).count()).toBe(0);

  // who moves post hands over by himself; it stands first among those to be taken
  const moving = await walk.desk("leader", "en", 390);
  await moving.goto(`${house.url}/desk/p/leader-desk`);
  await moving.getByRole("link", { name: "楼顶防水三年没有修" }).click();
  await moving.getByRole("radio", { name: "End it or hand it over" }).check();
  await moving.getByRole("radio", { name: "I move post: another leader takes it" }).check();
  await moving.getByLabel("How things stand").fill("维修费已落实，下月施工");
  await expectFits(moving);
  await press(moving, "End the charge");
  await moving.getByText("You have taken no petition.").waitFor();
  await moving.goto(`${house.url}/desk/p/leader-desk/take`);
  const handedOver = moving.getByRole("heading", { name: "Handed over, waiting for a leader" });
  await expect
    .poll(
      async () => {
        await moving.reload();
        await moving.getByText("楼顶防水三年没有修").waitFor();
        return await handedOver.count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await leave(moving);
  expect(await officer.getByRole("button", { name: "Write plan and visits" }).count()).toBe(0);
  await leave(officer);
});
