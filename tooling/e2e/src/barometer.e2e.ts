import { releaseMonth } from "@doorstep/kernel";
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
  const people = [{ username: "head", unit: "BRIGADE", roles: [{ role: "officeHead" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ now: "2026-04-20T02:00:00.000Z", people })]);
  walk = walkOf(house, browser);
  for (const plugin of ["indicators", "root-cause"]) await countNothing(plugin);
  for (const plugin of ["indicators", "barometer", "root-cause"]) await choose(house, plugin, "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** The house counts no petitions of its own: months of none, released beside those of the test, would be what is usual. */
async function countNothing(pluginId: string): Promise<void> {
  const { host } = house.server.platform;
  const datasets = Object.keys(host.snapshot().plugins.get(pluginId)?.server?.part.datasets ?? {});
  if (datasets.length === 0) throw new Error(`${pluginId} counts nothing`);
  await house.server.database.pool.query(
    `insert into kernel.plugin_job (plugin_id, job, unit_id, due_at)
     select $1, 'dataset/' || name, $2, 'infinity' from unnest($3::text[]) name`,
    [pluginId, house.units.get("BRIGADE"), datasets],
  );
}

const category = ["suggestion", "claim"];
const rowOf = (unitId: string, count: number, value: string, repeat: number, heating = 0) => ({
  ...{ unitId, count, values: { category: value } },
  measures: { repeat, heating },
});

/** What was registered in a month at the brigade and below it, released by the kernel's own rules. */
async function released(month: string, ofBrigade: number, ofFirst: number, cold = 5): Promise<void> {
  const [brigade = "", first = ""] = ["BRIGADE", "FIRST"].map((code) => house.units.get(code));
  await releaseMonth(house.server.platform.kernel, {
    ...{ dataset: "indicators/registration", month, dimensions: { category }, measures: ["repeat", "heating"] },
    rows: [rowOf(brigade, ofBrigade, "suggestion", 0, cold), rowOf(first, ofFirst, "claim", ofFirst / 2)],
  });
}

/** What lay behind some of them. */
async function releasedCauses(month: string): Promise<void> {
  const [brigade = ""] = ["BRIGADE"].map((code) => house.units.get(code));
  const behind = (kind: string, count: number) => ({ unitId: brigade, count, values: { kind }, measures: {} });
  await releaseMonth(house.server.platform.kernel, {
    ...{ dataset: "root-cause/petitions", month, dimensions: { kind: ["money", "shifting"] }, measures: [] },
    rows: [behind("money", 9), behind("shifting", 6)],
  });
}

/** A release of conclusions that cannot be read. */
async function spoiled(month: string): Promise<void> {
  const { pool } = house.server.database;
  const id = house.server.platform.kernel.newId();
  await pool.query("insert into kernel.figure_releases values ($1, 'indicators/conclusion', $2, 1, now())", [
    id,
    month,
  ]);
  await pool.query(
    "insert into kernel.figure_rows (release_id, unit_id, own, total, figures) values ($1, $2, false, 9, 'null')",
    [id, house.units.get("BRIGADE")],
  );
}

/** Lets a day pass, so that what was released is looked through. */
async function lookedThrough(): Promise<void> {
  house.server.clock.advance("PT25H");
  await house.server.platform.host.jobs.runDue();
}

test("the first line, the charts and the numbers behind them are read, whole and where a part of the page fails", async () => {
  const early = await walk.desk("signer");
  await early.goto(`${house.url}/desk/p/barometer`);
  await early.getByText("数据不足（少于 4 周）").first().waitFor();
  await leave(early);

  for (const month of ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"])
    await released(month, 20, 10);
  await house.server.database.pool.query(
    "update kernel.figure_releases set number = 2 where dataset = 'indicators/registration' and month = '2026-01'",
  );
  // as many suggestions as ever, most of which speak of the heating now
  await released("2026-03", 20, 30, 15);
  await spoiled("2026-03");
  await releasedCauses("2026-03");
  await lookedThrough();

  const above = await walk.desk("head");
  await above.goto(`${house.url}/desk/p/barometer`);
  await above.getByText(/2026-03 登记诉求 50 件，较上月 \+66\.7%，主要来自 .* · 申诉求决。/).waitFor();
  const onTime = above.getByRole("region", { name: "按期办结" });
  await onTime.getByText("其他部分不受影响", { exact: false }).waitFor();
  await above.getByRole("region", { name: "单位和类别" }).getByRole("cell", { name: "30" }).first().waitFor();
  await above.getByText("2026-03：30%（15/50）").waitFor();

  // a cell opens what is behind it, as far as the reader may open it
  await above.getByRole("link", { name: /^FIRST，申诉求决：30，打开清单$/ }).click();
  await above.getByText("公布的数字：30。").waitFor();
  await above.getByText("您能打开的：0 件。").waitFor();
  await expectFits(above);
  await press(above, "返回");
  await above.getByText("十二个月走势", { exact: false }).first().waitFor();

  const trend = above.getByRole("region", { name: /十二个月走势/ });
  await trend.getByText(/^2026-01：第2次公布（更正），2026年/).waitFor();
  await trend.locator("summary").focus();
  await above.keyboard.press("Enter");
  await trend
    .getByRole("row", { name: /2026-03/ })
    .getByText("50")
    .waitFor();
  await trend.locator("svg[role=application]").focus();
  await above.keyboard.press("ArrowRight");
  await trend
    .locator(".recharts-tooltip-wrapper")
    .getByText(/近十二个月/)
    .waitFor();
  await expectFits(above);

  const warning = above.getByRole("listitem").filter({ hasText: "BRIGADE：“申诉求决”突然增多" });
  await warning.getByText("2026-03 登记 30 件，按往常和季节应为 10 件左右。", { exact: false }).waitFor();
  await warning.getByText("请您查明原因并答复。").waitFor();
  await warning.getByRole("button", { name: /^交给根源治理/ }).waitFor();
  await warning.getByRole("button", { name: /^答复/ }).click();
  await above.getByRole("radio", { name: "误报，没有问题" }).check();
  await expectFits(above);
  await above.getByLabel(/原因和采取的措施/).fill("集中换发证件，已经办完");
  await press(above, "提交答复");
  await warning.getByText(/认定为误报（规则不变）/).waitFor();
  await warning.getByText("集中换发证件，已经办完").waitFor();
  const cold = above.getByRole("listitem").filter({ hasText: "BRIGADE：来信“说到供暖”的突然增多" });
  await cold.getByText("2026-03 登记的诉求里有 15 件，按往常和季节应为 5 件左右。", { exact: false }).waitFor();
  const spoken = above.getByRole("region", { name: "来信里说到的事" });
  await spoken.getByRole("row", { name: "说到供暖 15 5 未统计" }).waitFor();
  const causes = above.getByRole("region", { name: "诉求背后的根源" });
  await causes.getByText("9 件（累计 60%）").waitFor();
  await leave(above);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk/p/barometer`);
  await phone
    .getByText("30 petitions were registered in 2026-03, 200% more than the month before", { exact: false })
    .waitFor();
  await phone.getByRole("region", { name: "Repeated petitions" }).getByText("2026-03: 50% (15/30)").waitFor();
  await phone.getByText("FIRST: many more of", { exact: false }).waitFor();
  await expectFits(phone);
  await phone.getByRole("button", { name: /^Hand on to root causes FIRST/ }).click();
  await phone.getByText("From a warning of the barometer").waitFor();
  await leave(phone);
});
