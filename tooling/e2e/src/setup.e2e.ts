import { createHmac } from "node:crypto";
import { startTestServer } from "@doorstep/server/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What an authenticator shows for a key [RFC 6238]. */
function totp(secret: string): string {
  const bits = [...secret.replace(/\s/g, "")]
    .map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Nothing sticks out to the side. */
const fits = async (page: Page): Promise<void> => {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(window ?? 0);
};

const words = {
  "zh-CN": {
    organisation: /^组织/,
    nameZh: "中文名称",
    code: "单位代码",
    person: "姓名",
    username: "账号",
    password: "密码",
    again: "再次输入密码",
    found: "完成设置并继续",
    missing: "请正确填写“组织 · 中文名称”。",
    differ: "两次输入的密码不同。",
    digits: "验证器显示的六位数字",
    confirm: "确认",
    done: "设置完成",
    recovery: "恢复密钥",
    goOn: "进入管理页面",
  },
  en: {
    organisation: /^Organisation/,
    nameZh: "Name in Chinese",
    code: "Unit code",
    person: "Name",
    username: "User name",
    password: "Password",
    again: "Password again",
    found: "Set up and go on",
    missing: "Fill in “Organisation · Name in Chinese”.",
    differ: "The two passwords differ.",
    digits: "The six digits it shows",
    confirm: "Confirm",
    done: "The set-up is done",
    recovery: "Recovery key",
    goOn: "To the administrators' pages",
  },
} as const;

test.each([
  ["zh-CN", 390],
  ["en", 1440],
] as const)(
  "the first start is set up on its page, by keyboard, in %s at %i px",
  async (locale, width) => {
    await using server = await startTestServer();
    const w = words[locale];
    const context = await browser.newContext({ ...STILL, viewport: { width, height: 844 }, locale });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    const link = /(\/setup#[A-Za-z0-9_-]+)/.exec(server.printed.join("\n"))?.[1] ?? "";
    await page.goto(server.url + link);
    await page.getByRole("button", { name: w.found }).waitFor();
    await expectNoViolations(page);
    await fits(page);

    await page.getByRole("button", { name: w.found }).press("Enter");
    await page.getByRole("alert").getByText(w.missing).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("problem");
    await expectNoViolations(page);
    await fits(page);

    const organisation = page.getByRole("group", { name: w.organisation });
    await organisation.getByLabel(w.nameZh).fill("示范旅");
    await organisation.getByLabel(w.code).fill("brigade");
    await page.getByLabel(w.person, { exact: true }).fill("周正");
    await page.getByLabel(w.username, { exact: true }).fill("zhou.zheng");
    await page.getByLabel(w.password, { exact: true }).fill("a sentence for the safe");
    await page.getByLabel(w.again, { exact: true }).fill("another sentence");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(w.differ).waitFor();
    await page.getByLabel(w.again, { exact: true }).fill("a sentence for the safe");
    await page.keyboard.press("Enter");

    await page.locator("#factor h1").waitFor();
    await expectNoViolations(page);
    await fits(page);
    await page.getByLabel(w.digits).fill(totp((await page.locator("#secret").textContent()) ?? ""));
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: w.done }).waitFor();
    await page.getByRole("heading", { name: w.recovery }).waitFor();
    expect(await page.locator("#recoveryKey").textContent()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(await page.locator("#codes li").count()).toBe(10);
    await expectNoViolations(page);
    await fits(page);
    expect(page.url()).not.toContain("#");
    expect(complaints).toEqual([]);

    await page.goto(server.url + link);
    await page.getByRole("alert").waitFor();
    const me = await context.request.post(`${server.url}/rpc/session.me`, { data: {} });
    expect((await me.json()).result.data).toMatchObject({ username: "zhou.zheng", mustEnrolSecondFactor: false });
    await context.close();
  },
  90_000,
);
