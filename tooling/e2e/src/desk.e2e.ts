import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { type House, openHouse } from "./house.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const pages = new Map<string, Page>();

/** A desk of one person, signed in through the page. */
async function deskOf(username: string): Promise<Page> {
  const known = pages.get(username);
  if (known) return known;
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: "zh-CN" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${house.url}/sign-in`);
  await page.getByLabel("账号（证件编号或用户名）").fill(username);
  await page.getByLabel("密码", { exact: true }).fill(house.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  pages.set(username, page);
  return page;
}
const shot = (page: Page, name: string) => page.screenshot({ path: `/tmp/doorstep/shots/${name}.png`, fullPage: true });

test("a petition is filed, registered, accepted, answered, approved and delivered by hand", async () => {
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const answer = await phone.request.post(`${house.url}/rpc/intake.file`, {
    headers: { origin: house.url },
    data: {
      key: "e2e-key-0123456789abcdef",
      unitId: house.units.get("FIRST"),
      channel: "online-petition/online",
      via: "online",
      purpose: "solve",
      title: "公寓房窗户漏雨",
      body: "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。",
      anonymity: "anonymous",
    },
  });
  const filed = (await answer.json()).result.data;
  expect(filed.caseNo).toMatch(/^\d{4}-/);

  const clerk = await deskOf("clerk");
  await clerk.goto(`${house.url}/desk/queue`);
  await clerk.getByText("公寓房窗户漏雨").first().waitFor();
  await shot(clerk, "queue");
  await clerk.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await clerk.getByRole("heading", { level: 1, name: /窗户漏雨/ }).waitFor();
  await shot(clerk, "case");
  await expectNoViolations(clerk);
  await register(clerk);

  const officer = await deskOf("officer");
  await openCase(officer, filed.caseNo);
  await officer.getByRole("button", { name: "受理", exact: true }).click();
  await officer.getByLabel("承办部门").fill("营房股");
  await officer.getByRole("button", { name: "下一步：核对" }).click();
  await expectNoViolations(officer);
  await officer.getByRole("button", { name: "受理并通知" }).click();
  await officer.getByText("已受理，受理告知书已生成。").waitFor();
  await officer.getByRole("button", { name: "指定承办人", exact: true }).click();
  await officer.waitForTimeout(800);
  await shot(officer, "assign");
  await officer.getByRole("radio", { name: /handler/ }).check();
  await officer.getByRole("button", { name: "指定并开始办理" }).click();
  await officer.getByText("已指定承办人，开始办理。").waitFor();

  const handler = await deskOf("handler");
  await openCase(handler, filed.caseNo);
  await handler.getByRole("button", { name: "拟写答复", exact: true }).click();
  await handler.getByRole("radio", { name: /解决/ }).check();
  await shot(handler, "reply");
  await choose(handler, "结论", "支持");
  await handler.getByLabel("查明的事实").fill("11月20日现场查看，窗框密封条老化，确有漏雨。");
  await handler.getByLabel("处理意见").fill("予以维修并更换密封条。");
  await handler.getByLabel("依据").fill("《军队房地产管理规定》第二十条");
  await handler.getByLabel("落实措施").fill("营房股11月30日前完成维修。");
  await handler.getByLabel("给来信人的简要说明").fill("窗户本月内修好。");
  await handler.getByRole("button", { name: "送审", exact: true }).click();
  await handler.getByText("答复已送审，等待批准。").waitFor();

  const signer = await deskOf("signer");
  await signer.goto(`${house.url}/desk/approvals`);
  await signer.getByText("公寓房窗户漏雨").first().waitFor();
  await signer.waitForTimeout(1000);
  await shot(signer, "approvals");
  await expectNoViolations(signer);
  await signer.getByRole("button", { name: "批准", exact: true }).click();
  await signer.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
  await signer.getByText("已批准。").waitFor();

  await openCase(officer, filed.caseNo);
  await officer.getByRole("button", { name: /送达答复/ }).click();
  await officer.getByRole("radio", { name: /查询码或账号/ }).check();
  await shot(officer, "deliver");
  await officer.getByRole("button", { name: "下一步：核对" }).click();
  await officer.getByRole("button", { name: /^送达/ }).last().click();
  await officer.getByText("已送达。").waitFor();

  await phone.goto(`${house.url}/t`);
  await phone.getByRole("textbox").fill(filed.returnCode);
  await phone.getByRole("button", { name: /查询/ }).click();
  await phone.getByText(/窗户漏雨/).first().waitFor();
  await phone.waitForTimeout(800);
  await shot(phone, "answered");
});

async function register(page: Page): Promise<void> {
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await page.getByRole("checkbox", { name: /已回答/ }).check();
  await page.getByRole("checkbox", { name: /已核对可能重复/ }).check();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "登记此件" }).click();
  await page.getByText("已登记。").waitFor();
}

async function openCase(page: Page, caseNo: string): Promise<void> {
  await page.goto(`${house.url}/desk/c/${caseNo}`);
  await page.getByRole("heading", { level: 1, name: /窗户漏雨/ }).waitFor();
}

/** Chooses in a select, native or drawn. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).first();
  await field.click();
  if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ label: option });
  else await page.getByRole("option", { name: option }).first().click();
}
