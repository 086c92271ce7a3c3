import ExcelJs from "exceljs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse, signIn } from "./house.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

interface Look {
  readonly width?: number;
  readonly locale?: "zh-CN" | "en";
}

const signedIn = (username: string, look: Look = {}): Promise<Page> => walk.desk(username, look.locale, look.width);

const LIST = "名单文件（XLSX 或 CSV）";

/** A workbook with one sheet. */
async function workbook(rows: readonly (readonly (string | number | Date)[])[]): Promise<Buffer> {
  const book = new ExcelJs.Workbook();
  const sheet = book.addWorksheet("名单");
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const rpc = async (path: string, input: unknown) => call(house.url, await signIn(house.url, "admin"), path, input);

test("a unit is made, found by its initials, moved with a preview, and keeps its tab on reload", async () => {
  const page = await signedIn("admin");
  const first = house.units.get("FIRST") ?? "";
  await rpc("units.create", {
    parentId: house.units.get("BRIGADE"),
    code: "SECOND",
    name: { "zh-CN": "二营", en: "Battalion 2" },
  });

  await page.goto(`${house.url}/admin/units/${first}`);
  await page.getByRole("link", { name: "新建下级单位" }).click();
  await page.getByRole("textbox", { name: "名称（中文）" }).fill("后勤股");
  await page.getByRole("textbox", { name: "名称（英文）" }).fill("Supply Section");
  await page.getByRole("textbox", { name: "代码" }).fill("HQG");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "新建下级单位" }).click();
  await page.getByRole("heading", { level: 1, name: "后勤股" }).waitFor();
  await expectNoViolations(page);

  await page.getByRole("link", { name: "移动", exact: true }).click();
  await page.getByRole("combobox", { name: "新的上级单位" }).fill("eryi");
  await page.getByRole("option", { name: /二营/ }).click();
  await page.getByRole("button", { name: "查看影响" }).click();
  await page.getByText("复查由“二营”负责（原为“FIRST”）。").waitFor();
  await page.getByRole("textbox", { name: "原因" }).fill("整编");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "移动单位" }).click();
  await page.getByText("BRIGADE › 二营 › 后勤股").waitFor();

  await page.getByRole("tab", { name: "二维码" }).click();
  await page.reload();
  await page.getByRole("img", { name: /HQG/ }).waitFor();
  await page.getByRole("searchbox", { name: /搜索单位/ }).fill("hqg");
  await page.getByRole("treeitem", { name: /后勤股/ }).waitFor();
  await leave(page);
});

test("the tree of units is walked by keyboard", async () => {
  const page = await signedIn("admin", { locale: "en" });

  await page.goto(`${house.url}/admin/units`);
  const root = page.getByRole("treeitem", { name: /BRIGADE/ });
  await root.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => page.getByRole("treeitem").count()).toBe(1);
  await page.keyboard.press("ArrowRight");
  await page.getByRole("treeitem", { name: /FIRST/ }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { level: 1, name: "FIRST" }).waitFor();
  await leave(page);
});

test("whoever signs out without a network is told that he is still signed in", async () => {
  const page = await signedIn("admin", { locale: "en" });
  await page.goto(`${house.url}/admin/units`);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("There is no network: you are still signed in.").waitFor();
  await expectNoViolations(page);
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${house.url}/`);
  await page.close();
  walk.forgetSessions();
});

test("modules are switched by keyboard, previewed and applied; somebody else's change keeps what is pending", async () => {
  const page = await signedIn("admin");
  await page.goto(`${house.url}/admin/modules`);
  const cell = page.getByRole("button", { name: /^网上信访，FIRST：/ });
  await cell.waitFor();
  await expectNoViolations(page);

  await page.getByRole("button", { name: /^网上信访，BRIGADE：/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => cell.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: /^网上信访，FIRST：启用.*未应用的更改/ }).waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: /^网上信访，FIRST：停用.*未应用的更改/ }).waitFor();
  await expectNoViolations(page);

  const { revision } = await rpc("modules.matrix", {});
  await rpc("modules.choose", {
    revision,
    changes: [{ unitId: house.units.get("BRIGADE"), pluginId: "ledger-import", choice: "off", why: "另一人" }],
  });
  await page.getByRole("button", { name: "预览更改" }).click();
  await page.getByText("开 → 关").waitFor();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: /原因/ }).fill("暂停网上渠道");
  // The preview was opened after the other's change; a second one comes while it is being read.
  await rpc("modules.choose", {
    revision: revision + 1,
    changes: [{ unitId: house.units.get("BRIGADE"), pluginId: "ledger-import", choice: "on", why: "另一人" }],
  });
  await page.getByRole("button", { name: "应用" }).click();
  await page.getByText(/他人刚修改了模块设置/).waitFor();
  await page.getByText("更改 1 处").waitFor();

  await page.getByRole("button", { name: "预览更改" }).click();
  await page.getByRole("textbox", { name: /原因/ }).fill("暂停网上渠道");
  await page.getByRole("button", { name: "应用" }).click();
  await page.getByText("已应用，影响 1 个单位。").waitFor();
  await page.getByRole("button", { name: /^网上信访，FIRST：停用，现在关$/ }).click();
  await page.getByRole("button", { name: "完成" }).waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toMatch(/^网上信访，FIRST/);
  await leave(page);
});

test("a person is added with one slip; a sensitive role waits for a second administrator", async () => {
  const page = await signedIn("admin", { width: 390, locale: "en" });
  await page.goto(`${house.url}/admin/people/new?unit=${house.units.get("FIRST")}`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("李明");
  await page.getByRole("textbox", { name: "User name" }).fill("LM-01");
  await page.getByRole("combobox", { name: "Kind of person" }).selectOption({ label: "Officer" });
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Add and print the slip" }).click();
  await page.getByText("lm-01").waitFor();
  await expectNoViolations(page);

  await page.getByRole("link", { name: "Open the person" }).click();
  await page.getByRole("link", { name: "Grant a role" }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Petition officer" });
  await page.getByText(/counts only once a second administrator/).waitFor();
  await page.getByRole("textbox", { name: "Reason" }).fill("takes over the desk");
  await page.getByRole("button", { name: "Grant", exact: true }).click();
  await page.getByText("waits for the unit above").waitFor();
  await expectNoViolations(page);

  await page.goto(`${house.url}/admin/people/waiting`);
  await page.getByText("Another administrator of the unit above must confirm it.").waitFor();
  const people = await rpc("people.list", { q: "soldier" });
  await rpc("people.grant", {
    personId: people.items[0].id,
    role: "unitAdmin",
    unitId: house.units.get("BRIGADE"),
    subtree: true,
    why: "second administrator",
  });
  const second = await signedIn("soldier");
  await second.goto(`${house.url}/admin/people/waiting`);
  await second.getByRole("button", { name: "确认授权" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "确认授权" }).click();
  await second.getByText("没有待确认的授权。").waitFor();
  await expectNoViolations(second);

  await page.goto(`${house.url}/admin/people?q=liming`);
  await page.getByRole("link", { name: "李明" }).click();
  await page.getByText("Register petitions: Petition officer (FIRST)").waitFor();
  await leave(second);
  await leave(page);
});

test("a newcomer gets the roles of somebody who does the same work, each by a tick", async () => {
  const { items } = await rpc("people.list", { q: "soldier" });
  const page = await signedIn("admin", { width: 390, locale: "en" });
  await page.goto(`${house.url}/admin/people/${items[0].id}/grant`);
  const part = page.getByRole("region", { name: "Copy from somebody" });
  await part.getByRole("combobox", { name: "From whom" }).fill("handler");
  await page.getByRole("option", { name: /^handler/ }).click();
  await part.getByRole("checkbox", { name: /FIRST/ }).waitFor();
  await part.getByRole("textbox", { name: "Reason" }).fill("takes over the desk");
  await expectNoViolations(page);
  await part.getByRole("button", { name: "Grant what is ticked" }).click();
  await page.getByRole("heading", { name: "Roles granted" }).waitFor();
  const held = await rpc("people.get", { personId: items[0].id });
  expect(held.grants.map((grant: { role: string }) => grant.role)).toContain("handler");
  await page.goto(`${house.url}/admin/people/${items[0].id}/grant`);
  await part.getByRole("combobox", { name: "From whom" }).fill("handler");
  await page.getByRole("option", { name: /^handler/ }).click();
  await part.getByText("There is no role to copy from this person.").waitFor();
  await leave(page);
});

test("what a person is shown is previewed without any content; a role says what it may do and who holds it", async () => {
  const filed = await walk.paper("clerk", "FIRST", "营区路灯不亮");
  const page = await signedIn("admin");
  await page.goto(`${house.url}/admin/people?q=officer`);
  await page.getByRole("link", { name: "officer", exact: true }).click();
  await page.getByRole("link", { name: "以此人身份预览" }).click();
  await page.getByRole("textbox", { name: /事项编号/ }).fill(filed.caseNo);
  await page.getByRole("button", { name: "预览", exact: true }).click();
  await page.getByText("这件事项对此人开放。").waitFor();
  await page.getByText("待登记：1").waitFor();
  expect(await page.locator("body").textContent()).not.toContain("路灯");
  await expectNoViolations(page);
  await leave(page);

  const phone = await signedIn("admin", { width: 390, locale: "en" });
  await phone.goto(`${house.url}/admin/people/roles?role=signer`);
  await phone.getByRole("heading", { name: "Who holds it" }).waitFor();
  await phone.getByRole("link", { name: "signer", exact: true }).waitFor();
  await phone.getByText("Reads ordinary and sensitive cases (C1, C2) within its unit, and no accusation.").waitFor();
  await expectNoViolations(phone);
  await phone.getByRole("link", { name: "signer", exact: true }).click();
  await phone.getByRole("link", { name: "Preview as this person" }).click();
  await phone.getByRole("textbox", { name: /Case number/ }).fill("NONE");
  await phone.getByRole("button", { name: "Preview", exact: true }).click();
  await phone.getByText("The case does not open to this person.").waitFor();
  await expectNoViolations(phone);
  await leave(phone);
});

test("a list of units is tried first; bad rows are named and the good ones imported", async () => {
  const page = await signedIn("admin");
  await page.goto(`${house.url}/admin/units/import`);
  await page.getByLabel(LIST).setInputFiles({
    name: "units.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("单位代码,上级代码,单位名称\nS1,FIRST,侦察排\nS2,NOWHERE,无主排\n"),
  });
  await page.getByRole("button", { name: "对应各列" }).click();
  await page.getByText("读到 2 行。").waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: /试运行/ }).click();
  await page.getByText("新建 1 · 更新 0 · 不变 0 · 有误 1").waitFor();
  await page.getByText(/没有代码为“NOWHERE”的上级单位/).waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await page.getByText("已导入。").waitFor();

  await page.goto(`${house.url}/admin/units`);
  await page.getByRole("searchbox", { name: /搜索单位/ }).fill("侦察");
  await page.getByRole("treeitem", { name: /侦察排/ }).waitFor();
  await leave(page);
});

test("people come from a workbook: tried first, bad rows named, slips for the good ones", async () => {
  const page = await signedIn("admin", { width: 390, locale: "en" });
  await page.goto(`${house.url}/admin/people/import`);
  await page.getByLabel("List (XLSX or CSV)").setInputFiles({
    name: "people.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: await workbook([
      ["姓名", "用户名", "类别", "单位代码"],
      ["张一", "xlsx-zhang", "conscript", "FIRST"],
      ["李二", "xlsx-li", "conscript", "NOWHERE"],
    ]),
  });
  await page.getByText("张一 | xlsx-zhang | conscript | FIRST").waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Match the columns" }).click();
  await page.getByText("2 rows read.").waitFor();
  await page.getByRole("button", { name: "Trial run (saves nothing)" }).click();
  await page.getByText("New 1 · updated 0 · unchanged 0 · wrong 1").waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Import 1 row" }).click();
  await page.getByText("Imported.").waitFor();
  await page.getByText("xlsx-zhang").first().waitFor();
  await leave(page);
});

test("a file that gives no list says why and what to do", async () => {
  const page = await signedIn("admin");
  await page.goto(`${house.url}/admin/units/import`);
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel(LIST).setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  const head = ["单位代码", "上级代码", "单位名称"];

  await choose("names.xlsx", Buffer.from("%PDF-1.7 a letter under a wrong name"));
  await page.getByText("这不是名单文件。").waitFor();
  await choose("names.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  await page.getByText(/旧格式（XLS）或带密码/).waitFor();
  await choose("cut.xlsx", (await workbook([head, ["A", "FIRST", "甲排"]])).subarray(0, 1_500));
  await page.getByText(/工作簿已损坏或不完整/).waitFor();
  await choose("empty.xlsx", await workbook([head]));
  await page.getByText("文件里没有数据行。").waitFor();
  await choose(
    "long.xlsx",
    await workbook([head, ...Array.from({ length: 10_000 }, (_, i) => [`U${i}`, "FIRST", "排"])]),
  );
  await page.getByText("文件超过 5000 行").waitFor();
  await expectNoViolations(page);

  await choose(
    "bare.xlsx",
    await workbook([
      ["S7", "FIRST", "通信排"],
      ["S8", "FIRST", "炊事班"],
    ]),
  );
  await page.getByRole("button", { name: "对应各列" }).click();
  await page.getByText(/第一行没有认出任何列名，读到的是：S7、FIRST、通信排/).waitFor();
  await expectNoViolations(page);
  await leave(page);
});

test("topics are collected, saved as one version, and a second factor is set up on one's own page", async () => {
  const page = await signedIn("admin", { width: 768, locale: "en" });
  await page.goto(`${house.url}/admin/topics`);
  await page.getByRole("button", { name: "Add a topic" }).click();
  await page.getByRole("textbox", { name: "Code" }).fill("H");
  await page.getByRole("textbox", { name: "Name (Chinese)" }).fill("住房");
  await page.getByRole("textbox", { name: "Name (English)" }).fill("Housing");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("1 change is not saved yet.").waitFor();
  await page.getByRole("button", { name: "Save the catalogue" }).click();
  await page.getByText("Saved; this is version 2 now.").waitFor();
  await expectNoViolations(page);

  await page.goto(`${house.url}/admin/themes`);
  const heating = page.getByRole("region", { name: "Heating" });
  await heating.getByText("供暖 · 暖气").waitFor();
  await heating.getByRole("button", { name: "Add a word to “Heating”" }).click();
  await page.getByRole("textbox", { name: "Word" }).fill("13800138000");
  await page.getByRole("button", { name: "Add a word", exact: true }).last().click();
  await page
    .getByText(/looks like the name, number or address of a person/)
    .first()
    .waitFor();
  await page.getByRole("textbox", { name: "Word" }).fill("三号泵房");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Add a word", exact: true }).last().click();
  await page.getByText("“三号泵房” is added, for petitions registered from now on.").waitFor();
  await heating.getByRole("button", { name: "End “三号泵房”" }).click();
  await expectNoViolations(page);
  await page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
  await page.getByText("“三号泵房” is ended.").waitFor();
  await heating.getByText("The unit has added none.").waitFor();
  await expectNoViolations(page);

  await page.goto(`${house.url}/admin/account`);
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await page.getByLabel("First your password").fill(house.password);
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await page.getByRole("img", { name: "QR code for the authenticator" }).waitFor();
  await expectNoViolations(page);
  await leave(page);
});

test("whoever is not signed in is sent to sign in, and whoever may not administer is told what it takes", async () => {
  const page = await walk.visitor("zh-CN", 1280);
  await page.goto(`${house.url}/admin/people`);
  await page.getByRole("link", { name: "去登录" }).click();
  await page.getByRole("textbox", { name: /账号|用户名/ }).fill("handler");
  await page.getByLabel("密码", { exact: true }).fill(house.password);
  await page.getByRole("button", { name: "登录" }).click();

  await page.getByText(/您没有管理权限/).waitFor();
  await expectNoViolations(page);
  expect(new URL(page.url()).pathname).toBe("/admin/people");
  await leave(page);

  // an administrator is no auditor: one sentence, and nothing that was refused
  const admin = await signedIn("admin");
  await admin.goto(`${house.url}/admin/audit`);
  await admin.getByText(/审计只对顶层单位的“审计员”开放/).waitFor();
  expect(await admin.getByRole("button", { name: "导出" }).count()).toBe(0);
  await expectNoViolations(admin);
  await leave(admin);
});
