import type { Page } from "playwright-core";
import { expect } from "vitest";

/** A name too long for the header is cut on its one line; the name itself is there in full. */
export async function expectBrandOnOneLine(page: Page): Promise<void> {
  const brand = page.locator("header.ds-header > .ds-brand");
  const lines = await brand.evaluate((one) => {
    const name = one.textContent;
    one.textContent = "The petition office of the second training brigade · desk";
    const words = document.createRange();
    words.selectNodeContents(one);
    const tops = new Set([...words.getClientRects()].map(({ top }) => Math.round(top)));
    one.textContent = name;
    return tops.size;
  });
  expect(lines).toBe(1);
  expect(await brand.getAttribute("title")).toBe(await brand.textContent());
}

/** In how many rows the header of a page stands. */
export async function rowsOfHeader(page: Page): Promise<number> {
  await page.locator("header.ds-header details").waitFor();
  return await page.evaluate(() => {
    const shown = [...document.querySelectorAll("header.ds-header :is(a, button, summary):not(details ul *)")]
      .map((one) => one.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .sort((a, b) => a.top - b.top);
    let [rows, bottom] = [0, Number.NEGATIVE_INFINITY];
    for (const { top, bottom: ends } of shown) {
      if (top >= bottom - 1) rows += 1;
      bottom = Math.max(bottom, ends);
    }
    return rows;
  });
}
