import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
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

/** The same page as somebody with the other language and width sees it. */
async function alsoFits(who: string, language: "zh-CN" | "en", width: number, open: (page: Page) => Promise<unknown>) {
  const page = await walk.desk(who, language, width);
  await open(page);
  await expectFits(page);
  await leave(page);
}

/** The superior's keys, and the battalion's as its partner. */
async function aboveIsReady(): Promise<string> {
  await at("above", "BRIGADE", "makeKeys");
  const [mine, theirs] = await Promise.all([at("above", "BRIGADE", "keys"), at("head", "FIRST", "keys")]);
  const partnerId = crypto.randomUUID();
  await at("above", "BRIGADE", "addPartner", { partnerId, code: "FIRST", name: "一营", kind: "sister" });
  await at("above", "BRIGADE", "setKeys", { partnerId, text: String(theirs.text) });
  return String(mine.text);
}

/** The battalion lists where the superior takes packages, and the superior lets it call inside the house. */
async function connect(): Promise<void> {
  const cookie = await walk.cookieOf("admin");
  for (const [unit, values] of [
    ["BRIGADE", { inside: [`${house.url}/`] }],
    ["FIRST", { addresses: [`${house.url}/x/referral/BRIGADE/packages`] }],
  ] as const) {
    const { revision } = await call(house.url, cookie, "modules.matrix", {});
    await call(house.url, cookie, "modules.saveSettings", {
      ...{ unitId: house.units.get(unit), pluginId: "referral", revision, lock: [], why: "试点", values },
    });
  }
}

/** What the module does every minute, though this house's clock may have stood still since. */
async function minuteLater(): Promise<void> {
  await house.server.database.pool.query(
    "update kernel.plugin_job set due_at = due_at - interval '1 minute' where plugin_id = 'referral'",
  );
  await house.server.platform.host.jobs.runDue();
}

/** A second version, of a sender whom the superior has taken off its list. */
async function sentByNobodyKnown(): Promise<Buffer> {
  const [known] = await at("above", "BRIGADE", "partners");
  await at("above", "BRIGADE", "endPartner", { partnerId: known.partnerId });
  const [to] = await at("officer", "FIRST", "receivers");
  const { rows } = await house.server.database.pool.query(
    "select id from kernel.cases where title = '三号楼热水' order by id",
  );
  const referralId = crypto.randomUUID();
  await at("officer", "FIRST", "send", {
    ...{ referralId, caseId: rows[0].id, partnerId: to.partnerId, title: "三号楼热水", body: "还是没有热水。" },
    ...{ ground: "补充", reportBy: null, withName: false, urgent: false, files: [] },
  });
  const { data } = await at("officer", "FIRST", "package", { referralId });
  return Buffer.from(data, "base64");
}

test("partners are kept, a petition goes to one of them as a file, and is taken in there", async () => {
  const { caseNo } = await walk.paper("clerk", "FIRST", "三号楼热水");
  const head = await walk.desk("head", "zh-CN", 390);
  await head.goto(`${house.url}/desk/p/referral/partners`);
  await press(head, "生成密钥");
  await head.getByText("指纹：").waitFor();
  await head.getByLabel("名称").fill("旅机关");
  await head.getByLabel("代码").fill("旅 机关");
  await press(head, "添加往来单位");
  await head.getByRole("link", { name: "代码：只能用字母、数字和连字符，2 到 40 个，例如 CITY-XF。" }).waitFor();
  await head.getByLabel("代码").fill("BRIGADE");
  await press(head, "添加往来单位");
  await press(head, "为旅机关生成新密钥");
  await head.getByText(/rf_[\w-]{43}/).waitFor();
  await head.getByLabel("旅机关交来的公钥文字").fill(await aboveIsReady());
  await press(head, "登记公钥");
  await head.getByText("请与对方核对指纹").waitFor();
  await expectFits(head);
  await connect();
  await head.reload();
  await head.getByLabel("旅机关给的发送密钥").fill("dst_not-the-right-one");
  await press(head, "登记发送密钥");
  await head.getByText("文件包自动发送到：").waitFor();
  await expectFits(head);
  await leave(head);
  await alsoFits("head", "en", 1440, async (page) => {
    await page.goto(`${house.url}/desk/p/referral/partners`);
    await page.getByText("Fingerprint:").first().waitFor();
  });

  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/c/${caseNo}`);
  await officer.getByRole("tab", { name: "转外单位" }).click();
  await press(officer, "做成文件包，转给外单位");
  await officer.getByLabel("转给", { exact: true }).selectOption({ label: "旅机关" });
  await officer.getByLabel("转送依据和理由").fill("由旅机关房屋管理部门办理");
  await expectFits(officer);
  await press(officer, "做成文件包");
  const [file] = await Promise.all([officer.waitForEvent("download"), press(officer, "取出文件包")]);
  await minuteLater();
  await officer.reload();
  await officer.getByRole("tab", { name: "转外单位" }).click();
  await officer.getByText("对方不认发送用的密钥").waitFor();
  await expectFits(officer);
  await alsoFits("officer", "en", 390, async (page) => {
    await page.goto(`${house.url}/desk/c/${caseNo}`);
    await page.getByRole("tab", { name: "Referral" }).click();
    await press(page, "Make a package for another office");
  });
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
  await minuteLater();
  await above.reload();
  await above.getByText("Taken in", { exact: true }).waitFor();
  const [receipt] = await Promise.all([above.waitForEvent("download"), press(above, "Take the receipt")]);
  expect(receipt.suggestedFilename()).toBe(`receipt-${caseNo}-v1.dsrec`);
  await leave(above);
});

test("what could not be taken in, or handed over, stands in the lists with its reason", async () => {
  const above = await walk.desk("above", "en");
  await above.goto(`${house.url}/desk/p/referral`);
  const buffer = await sentByNobodyKnown();
  await above.getByLabel("Choose the file").setInputFiles({ name: "second.dsref", mimeType: "", buffer });
  await press(above, "Bring it in");
  await above.getByText("The sender is not among the partners.").waitFor();
  await expectFits(above);
  await leave(above);
  await alsoFits("above", "zh-CN", 390, async (page) => {
    await page.goto(`${house.url}/desk/p/referral`);
    await page.getByText("发送单位不在往来单位名单中").waitFor();
  });

  const phone = await walk.desk("officer", "zh-CN", 390);
  await phone.goto(`${house.url}/desk/p/referral`);
  await phone.getByText("还没有外单位转来的事项").waitFor();
  await expectFits(phone);
  await phone.getByText("转出的", { exact: true }).click();
  await press(phone, "现在再发");
  await phone.getByRole("button", { name: "现在再发" }).waitFor({ state: "hidden" });
  await expectFits(phone);
  await leave(phone);
  await alsoFits("officer", "en", 1440, async (page) => {
    await page.goto(`${house.url}/desk/p/referral`);
    await page.getByText("That went", { exact: true }).click();
  });
});
