import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse, signIn } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "indicators", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Lets minutes pass until the ledger was read so far: what is still being written is read in the next one. */
async function counted(caseId: string): Promise<void> {
  const { pool } = house.server.database;
  for (let minutes = 0; minutes < 30; minutes++) {
    await house.server.platform.host.jobs.runDue();
    const { rowCount } = await pool.query(
      "select from p_indicators.counted where case_id = $1 and thing = 'registration'",
      [caseId],
    );
    const { rows } = await pool.query("select count(*)::int as n from p_indicators.records");
    if (rowCount === 1 && rows[0].n === old.length) return;
    house.server.clock.advance("PT1M");
  }
  throw new Error("the petition is not counted");
}

/** Of a register before the platform: two of one person, one answered after 10 days, one without an end. */
const old = [
  { key: "1", who: "石头", from: "2019-03-01", to: "2019-03-11" },
  { key: "2", who: "石头", from: "2019-04-01", to: "2019-04-21" },
  { key: "3", who: "木头", from: "2019-04-02", to: null },
].map(({ key, who, from, to }) => ({
  ...{ source: "老登记簿", sourceKey: key, title: "热水", body: "水是凉的。", category: null, via: "imported" },
  ...{ topicCode: "营房", petitionerAlias: who, reply: to && "已修。", closedAt: null, original: {} },
  ...{ receivedAt: `${from}T02:00:00Z`, repliedAt: to && `${to}T02:00:00Z` },
}));

/** An old register stands beside, by its own days. */
async function readsRegister(page: Page): Promise<void> {
  await press(page, "旧台账的数字");
  const whole = page.getByRole("row", { name: /^老登记簿/ });
  await whole.waitFor();
  expect(await whole.getByRole("cell").allTextContents()).toEqual([
    ...["3", "66.7%（2/3）", "15", "19", "50%（1/2）", "100%（2/2）", "100%（2/2）", "33.3%（1/3）"],
  ]);
  await page.getByRole("row", { name: /^营房 3/ }).waitFor();
  await expectFits(page);
  await page.getByLabel("收到的时间").selectOption("2019-03");
  await page.getByRole("row", { name: /^老登记簿 1 / }).waitFor();
  await press(page, "看办理指标");
}

test("a number is read with what it is made of, and opens the petition behind it", async () => {
  const unitId = house.units.get("FIRST");
  await call(house.url, await signIn(house.url, "officer"), "intake.import", {
    records: old.map((one) => ({ ...one, unitId })),
  });
  const filed = await walk.inHandling("热水时有时无");
  await counted(filed.caseId);

  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/indicators`);
  const repeats = above.getByRole("row", { name: /重复信访率/ });
  await repeats.getByText("0%（0/1）").waitFor();
  expect(await repeats.getByText("尚未公布").isVisible()).toBe(true);
  await expectFits(above);
  await readsRegister(above);
  await above.getByRole("radio", { name: "只看本单位" }).check();
  await repeats.getByText("本月没有").waitFor();
  await above.getByRole("radio", { name: "本单位和下级" }).check();
  await repeats.getByText("0%（0/1）").waitFor();
  await press(above, "看明细 重复信访率");
  await above.getByText("分子：经人工判定为重复反映的").waitFor();
  await expectFits(above);
  await above.getByRole("link", { name: /热水时有时无/ }).click();
  await above.getByRole("heading", { name: "热水时有时无" }).waitFor();
  expect(above.url()).toContain(filed.caseNo);
  await leave(above);

  const unit = await walk.desk("officer", "en", 390);
  await unit.goto(`${house.url}/desk/p/indicators`);
  await unit
    .getByRole("row", { name: /Repeat rate/ })
    .getByText("0% (0/1)")
    .waitFor();
  await expectFits(unit);
  await unit.getByText("Nobody has entered the unit's strength yet.").waitFor();
  await unit.getByLabel(/People of the unit in/).fill("200");
  await press(unit, "Save the strength");
  await unit.getByText(/By 200 people/).waitFor();
  await expectFits(unit);
  await press(unit, "Figures of old registers");
  await unit.getByRole("row", { name: /^营房 3/ }).waitFor();
  await expectFits(unit);
  await press(unit, "See the indicators");
  await unit.getByLabel("Channel").selectOption({ label: "Letter" });
  await unit
    .getByRole("row", { name: /Repeat rate/ })
    .getByText("Released numbers are of the whole")
    .waitFor();
  await press(unit, "See details Repeat rate");
  await unit.getByText("Only: Letter").waitFor();
  await unit.getByText("Exact (petitions you may open): 0% (0/1)").waitFor();
  await unit.getByText("Out of: petitions registered this month").waitFor();
  await expectFits(unit);
  await leave(unit);
});
