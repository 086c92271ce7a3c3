import { readFile } from "node:fs/promises";
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
    { username: "head", unit: "FIRST", roles: [{ role: "officeHead" as const }] },
    { username: "above", unit: "BRIGADE", roles: [{ role: "officeHead" as const }, { role: "officer" as const }] },
  ];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "referral", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const at = async (who: string, unit: string, path: string, input: object = {}) =>
  await call(house.url, await walk.cookieOf(who), `p/referral/${path}`, input, house.units.get(unit));

/** The superior's keys, and the battalion's as its partner. */
async function aboveIsReady(): Promise<string> {
  await at("above", "BRIGADE", "makeKeys");
  const [mine, theirs] = await Promise.all([at("above", "BRIGADE", "keys"), at("head", "FIRST", "keys")]);
  const partnerId = crypto.randomUUID();
  await at("above", "BRIGADE", "addPartner", { partnerId, code: "FIRST", name: "一营", kind: "sister" });
  await at("above", "BRIGADE", "setKeys", { partnerId, text: String(theirs.text) });
  return String(mine.text);
}

test("partners are kept, a petition goes to one of them as a file, and is taken in there", async () => {
  const { caseNo } = await walk.paper("clerk", "FIRST", "三号楼热水");
  const head = await walk.desk("head", "zh-CN", 390);
  await head.goto(`${house.url}/desk/p/referral/partners`);
  await press(head, "生成密钥");
  await head.getByText("指纹：").waitFor();
  await head.getByLabel("名称").fill("旅机关");
  await head.getByLabel("代码").fill("BRIGADE");
  await press(head, "添加往来单位");
  await press(head, "为旅机关生成新密钥");
  await head.getByText(/rf_[\w-]{43}/).waitFor();
  await head.getByLabel("旅机关交来的公钥文字").fill(await aboveIsReady());
  await press(head, "登记公钥");
  await head.getByText("请与对方核对指纹").waitFor();
  await expectFits(head);
  await leave(head);

  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/c/${caseNo}`);
  await officer.getByRole("tab", { name: "转外单位" }).click();
  await press(officer, "做成文件包，转给外单位");
  await officer.getByLabel("转给", { exact: true }).selectOption({ label: "旅机关" });
  await officer.getByLabel("转送依据和理由").fill("由旅机关房屋管理部门办理");
  await expectFits(officer);
  await press(officer, "做成文件包");
  const [file] = await Promise.all([officer.waitForEvent("download"), press(officer, "取出文件包")]);
  const carried = { name: file.suggestedFilename(), mimeType: "", buffer: await readFile(await file.path()) };
  await leave(officer);

  const above = await walk.desk("above", "en");
  await above.goto(`${house.url}/desk/p/referral`);
  await press(above, "Bring it in");
  await above.getByText("Choose the file first.").waitFor();
  await above.getByLabel("Choose the file").setInputFiles(carried);
  await press(above, "Bring it in");
  await above.getByText("Taken; within a minute it is where it is handled.").waitFor();
  await above.getByText("Being taken in").waitFor();
  await expectFits(above);
  await house.server.platform.host.jobs.runDue();
  await above.reload();
  await above.getByText("Taken in", { exact: true }).waitFor();
  const [receipt] = await Promise.all([above.waitForEvent("download"), press(above, "Take the receipt")]);
  expect(receipt.suggestedFilename()).toBe(`receipt-${caseNo}-v1.dsrec`);
  await leave(above);
});
