import type { Page } from "playwright-core";

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
