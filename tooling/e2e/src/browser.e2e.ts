import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A page with the given body, in Chinese, 390 px wide. */
async function pageWith(body: string) {
  const page = await browser.newPage({ ...STILL, viewport: { width: 390, height: 800 } });
  await page.setContent(
    `<!doctype html><html lang="zh-CN"><head><title>连心桥</title></head><body><main><h1>信访</h1>${body}</main></body></html>`,
  );
  return page;
}

test("Han text is drawn with its own shapes, not as boxes", async () => {
  const page = await pageWith('<span id="a">访</span><span id="b">国</span>');

  const one = await page.locator("#a").screenshot();
  const other = await page.locator("#b").screenshot();
  await page.close();

  expect(one.equals(other)).toBe(false);
});

test("a page in order passes, one without labels is refused with the place", async () => {
  const good = await pageWith('<label>姓名 <input name="name"></label>');
  await expectNoViolations(good);
  await good.close();

  const bad = await pageWith('<input name="name">');
  await expect(expectNoViolations(bad)).rejects.toThrow(/label: [\s\S]*input/);
  await bad.close();
});
