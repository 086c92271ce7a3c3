import type { Page } from "playwright-core";

/**
 * What is wrong with the charts of a page: each has a name and says in the page's language where its numbers stand, is reached by
 * keyboard, has a table with a caption, and its series differ by more than colour.
 */
function wrongCharts(): readonly string[] {
  const inChinese = document.documentElement.lang.startsWith("zh");
  // a plain colour is no look of its own
  const looksOf = (chart: Element): readonly string[] => [
    ...[...chart.querySelectorAll(".recharts-line-curve")].map((one) => one.getAttribute("stroke-dasharray") ?? ""),
    ...[...chart.querySelectorAll(".recharts-bar")].map((one) => {
      const fill = one.querySelector(".recharts-bar-rectangle path")?.getAttribute("fill") ?? "";
      return fill.startsWith("#") ? "#" : fill;
    }),
  ];
  return [...document.querySelectorAll(".recharts-wrapper")].flatMap((chart, n) => {
    // the marks of a legend are drawings, too
    const drawings = [...chart.querySelectorAll<SVGElement>("svg.recharts-surface")];
    const svg = drawings.find((one) => one.closest(".recharts-legend-wrapper") === null);
    const figure = chart.closest("figure");
    const name = svg?.querySelector(":scope > title")?.textContent ?? "";
    const where = svg?.querySelector(":scope > desc")?.textContent ?? "";
    const table = figure?.querySelector("table") ?? figure?.nextElementSibling?.querySelector("table");
    const looks = looksOf(chart);
    return [
      ...(name.trim() === "" ? ["has no name"] : []),
      ...(where === "" || /[\u4e00-\u9fff]/.test(where) !== inChinese ? ["does not say where its numbers stand"] : []),
      ...(svg?.tabIndex === 0 ? [] : ["is not reached by keyboard"]),
      ...(table?.querySelector("caption")?.textContent ? [] : ["has no table with a caption"]),
      ...(new Set(looks).size < looks.length ? ["tells series apart by colour alone"] : []),
    ].map((what) => `chart ${n + 1} (${name}) ${what}`);
  });
}

/** On paper a chart never stands without its table. */
function withoutTable(): readonly string[] {
  return [...document.querySelectorAll(".recharts-wrapper")].flatMap((chart, n) => {
    const figure = chart.closest("figure");
    const table = figure?.querySelector("table") ?? figure?.nextElementSibling?.querySelector("table");
    return chart.checkVisibility() && !table?.checkVisibility() ? [`chart ${n + 1} is printed without its table`] : [];
  });
}

/** Fails when a chart of the page cannot be read by everybody, on the screen and on paper; a page without one passes. */
export async function expectChartsReadable(page: Page): Promise<void> {
  if ((await page.locator(".recharts-wrapper").count()) === 0) return;
  const wrong = await page.evaluate(wrongCharts);
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(withoutTable);
  await page.emulateMedia({ media: null });
  const all = [...wrong, ...printed];
  if (all.length > 0) throw new Error(`${new URL(page.url()).pathname}: ${all.join("; ")}`);
}
