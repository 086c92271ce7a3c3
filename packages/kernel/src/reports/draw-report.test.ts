import { extractText, getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { kernelRegisters } from "../registers/registers.ts";
import { drawReport, MOST_ROWS_ON_PAPER, markOf } from "./draw-report.ts";

const unitId = "00000000-0000-4000-8000-000000000001";
const at = new Date("2026-11-29T16:30:00.000Z");
const unit = { id: unitId, code: "FIRST", name: { "zh-CN": "一营", en: "First" }, level: 2, parentId: null };
const mark = markOf({ by: "张三", at, unit: unit.name, zone: "Asia/Shanghai" });
const t = (zh: string, en: string) => ({ "zh-CN": zh, en });
const columns = [
  { key: "part", title: t("部分", "Part") },
  { key: "what", title: t("内容", "What") },
  { key: "count", title: t("数量", "How many") },
];
const reportOf = (count: number, first = 2) => ({
  ...{ title: t("年度报告", "Yearly report"), unit, at: at.toISOString() },
  table: {
    ...{ columns, groupBy: "part" },
    rows: Array.from({ length: count }, (_, n) => ({
      part: n < first ? "甲部" : "乙部",
      what: `第${n}行 😀`,
      count: n,
    })),
  },
});
const pagesOf = async (locale: "zh-CN" | "en", rows = 80) => {
  const bytes = await drawReport(reportOf(rows), { mark, locale, at });
  return (await extractText(await getDocumentProxy(bytes))).text;
};

test("each page says who took it and when by the unit's clock, and how many pages there are", async () => {
  const pages = await pagesOf("zh-CN");
  expect(pages.length).toBeGreaterThan(1);
  for (const [n, text] of pages.entries()) {
    expect(text).toContain("张三于2026-11-30 00:30从一营导出，内部资料，导出已记录");
    expect(text).toContain(`${n + 1} / ${pages.length}`);
  }
  expect((await pagesOf("en", 3))[0]).toContain("Taken by 张三 at First, 2026-11-30 00:30");
});

test("below the title stand the unit and, where it is known, the days or months it is of", async () => {
  const report = reportOf(1);
  const table = { ...report.table, period: t("2026年", "2026") };
  const [first] = (
    await extractText(await getDocumentProxy(await drawReport({ ...report, table }, { mark, locale: "zh-CN", at })))
  ).text;
  expect(first).toMatch(/年度报告\s+一营 · 2026年\s/u);
  expect((await pagesOf("en", 1))[0]).toMatch(/Yearly report\s+First\s/u);
});

test("rows stand below their groups, the head on every page, and no character is lost", async () => {
  const pages = await pagesOf("zh-CN");
  const whole = pages.join("\n");
  expect(whole.match(/甲部/g)).toHaveLength(1);
  expect(whole.match(/乙部/g)).toHaveLength(1);
  expect(whole).not.toContain("部分");
  for (const text of pages) expect(text).toContain("数量");
  expect(whole).toContain("第79行 〔U+1F600〕");
});

test("no heading stands at the foot of a page without a row below it", async () => {
  for (let first = 34; first <= 44; first++) {
    const bytes = await drawReport(reportOf(first + 3, first), { mark, locale: "zh-CN", at });
    const { text } = await extractText(await getDocumentProxy(bytes));
    const page = text.find((one) => one.includes("乙部"));
    expect([first, page?.includes(`第${first}行`)]).toEqual([first, true]);
  }
});

test("more rows than paper holds are refused with the number it does hold", async () => {
  await expect(drawReport(reportOf(MOST_ROWS_ON_PAPER + 1), { mark, locale: "en", at })).rejects.toMatchObject({
    code: "table.tooLongForPaper",
    params: { max: MOST_ROWS_ON_PAPER },
  });
});

test("the register of petitions, our widest, ends where the page does", async () => {
  const long = t("大队后勤保障处营房管理科，热水供应、营房修缮", "Logistics department; housing and barracks");
  const widest = kernelRegisters.petitions?.columns ?? [];
  const line = Object.fromEntries(widest.map(({ key }) => [key, long]));
  const rows = [{ ...line, caseNo: "2026-XH47WY-R", receivedOn: "2026-11-30", dueOn: "2026-12-14", headcount: 14 }];
  for (const locale of ["zh-CN", "en"] as const) {
    const result = { ...reportOf(0), table: { columns: [...widest], rows } };
    const page = await (await getDocumentProxy(await drawReport(result, { mark, locale, at }))).getPage(1);
    const { items } = await page.getTextContent();
    const ends = items.map((item) => ("transform" in item ? Number(item.transform[4]) + item.width : 0));
    expect(Math.max(...ends), locale).toBeLessThan((page.view[2] ?? 0) - 40);
  }
});
