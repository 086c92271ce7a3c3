import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
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
  const people = [
    { username: "officer2", unit: "SECOND", roles: [{ role: "officer" as const }] },
    { username: "officer3", unit: "FIRST", roles: [{ role: "officer" as const }] },
  ];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ units, people })]);
  walk = walkOf(house, browser);
  await choose(house, "root-cause", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a cause is opened from a petition, fixed, and asked of the unit beside, which answers on a phone", async () => {
  const filed = await walk.inHandling("浴室热水反复停供");
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: "根源治理" }).click();
  await officer.getByText("这件事项还没有关联根源。").waitFor();
  await press(officer, "由这件事项提出一个根源");
  await officer.getByLabel("一句话说清是什么问题").fill("维修要等追加预算");
  await officer.getByLabel("初步判断属于哪一类").selectOption("money");
  await expectFits(officer);
  await press(officer, "提出来");
  await officer.getByRole("link", { name: /浴室热水反复停供/ }).waitFor();
  await officer.getByRole("radio", { name: "说清根源、定措施" }).check();
  await officer.getByLabel("根源是什么").fill("应急维修没有先修后报的办法");
  await officer.getByLabel("采取什么措施").fill("制定先修后报的办法");
  await expectFits(officer);
  await press(officer, "定下来");
  await officer.getByText("措施：制定先修后报的办法").waitFor();
  await officer.getByRole("radio", { name: "请兄弟单位举一反三" }).check();
  await press(officer, "发出");
  await officer.getByText(/SECOND：.*前答复/).waitFor();
  await expectFits(officer);
  await leave(officer);

  const phone = await walk.desk("officer2", "en", 390);
  await phone.goto(`${house.url}/desk/p/root-cause/asked`);
  await press(phone, "Answer 维修要等追加预算");
  await phone.getByLabel("Is it here too").selectOption("found");
  await phone.getByLabel("What you looked at, and what you found").fill("二营浴室也要等预算");
  await expectFits(phone);
  await press(phone, "Answer");
  await press(phone, "Open this root cause at your unit");
  await phone.getByText("From another unit's check").waitFor();
  await leave(phone);

  const reader = await walk.desk("officer", "en", 390);
  await reader.goto(`${house.url}/desk/p/root-cause`);
  await press(reader, "Open 维修要等追加预算");
  await reader.getByText(/SECOND: found there too/).waitFor();
  await expectFits(reader);
  await leave(reader);

  // what the figures of many months say is judged in the module's own tests; here it is read
  const { pool } = house.server.database;
  const figures = {
    before: { from: "2025-12", to: "2026-05", count: 18, unknown: 0 },
    after: { from: "2026-06", to: "2026-11", count: 16, unknown: 1 },
    expected: 17,
    season: 0.94,
  };
  await pool.query(
    `update p_root_cause.rounds set done_on = decided_on, done_words = '办法已经印发', done_by = decided_by,
       done_at = decided_at, verdict = 'unclear', figures = $1, verified_at = decided_at
      where cause_id in (select id from p_root_cause.causes where title = '维修要等追加预算' and state = 'fixing')`,
    [figures],
  );
  await pool.query(
    "update p_root_cause.causes set state = 'judging' where title = '维修要等追加预算' and state = 'fixing'",
  );
  const judge = await walk.desk("officer3");
  await judge.goto(`${house.url}/desk/p/root-cause`);
  await press(judge, "打开 维修要等追加预算");
  await judge.getByRole("rowheader").first().waitFor();
  await expectFits(judge);
  await judge.getByRole("radio", { name: "判断有没有效果" }).check();
  await judge.getByLabel("有没有效果", { exact: true }).selectOption({ label: "没有见效，再查根源" });
  await judge.getByLabel("怎么判断的").fill("半年里只少了两件，还要再查");
  await press(judge, "定下来");
  await judge.getByText("人工判断：半年里只少了两件，还要再查").waitFor();
  await expectFits(judge);
});
