import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";

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

const words = {
  "zh-CN": {
    title: "台账导入",
    file: "台账文件",
    upload: "上传",
    right: "文字正确，下一步",
    map: "各列是什么？",
    tryOut: "试算",
    can: "40 行可以导入",
    cannot: "2 行不能导入",
    noText: "该行没有事项内容，未导入。",
    run: "导入 40 行",
    done: "导入完成",
    made: "新建 40 件",
  },
  en: {
    title: "Register import",
    file: "The register's file",
    upload: "Upload",
    right: "The text is right, go on",
    map: "What do the columns say?",
    tryOut: "Try it out",
    can: "40 rows can be imported",
    cannot: "2 rows cannot be imported",
    noText: "The row has no text and was not imported.",
    run: "Import 40 rows",
    done: "The import is done",
    made: "40 petitions made",
  },
} as const;

/** 40 good rows, one without words, one whose end lies before its start. */
function register(prefix: string): string {
  const good = Array.from(
    { length: 40 },
    (_, n) => `${prefix}${n},食堂第${n}次反映,饭菜凉了，请改进。,2019-03-0${(n % 9) + 1},2019-04-01`,
  );
  return [
    "编号,主题,内容,收件时间,办结时间",
    ...good,
    `${prefix}90,,,2019-03-01,`,
    `${prefix}91,操场,灯坏了。,2019-03-05,2019-03-01`,
  ].join("\n");
}

async function openPage(locale: "zh-CN" | "en", width: number): Promise<Page> {
  const page = await walk.desk("admin", locale, width);
  await page.goto(`${house.url}/admin/p/ledger-import`);
  return page;
}

test.each([
  ["zh-CN", 1440],
  ["en", 390],
] as const)(
  "a register is uploaded, confirmed, mapped, tried out and imported in %s at %d px",
  async (locale, width) => {
    const say = words[locale];
    const page = await openPage(locale, width);
    await page.getByRole("heading", { level: 1, name: say.title }).waitFor();
    await expectNoViolations(page);

    const buffer = Buffer.from(`\uFEFF${register(locale)}`);
    await page.getByLabel(say.file).setInputFiles({ name: `${locale}.csv`, mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: say.upload, exact: true }).click();

    await page.getByRole("cell", { name: "食堂第0次反映" }).waitFor();
    await expectNoViolations(page);
    await page.getByRole("button", { name: say.right }).click();

    await page.getByRole("heading", { level: 1, name: say.map }).waitFor();
    await page.getByRole("button", { name: say.tryOut, exact: true }).waitFor();
    await expectNoViolations(page);
    await page.getByRole("button", { name: say.tryOut, exact: true }).click();

    await page.getByText(say.can, { exact: true }).waitFor();
    await page.getByText(say.cannot, { exact: true }).waitFor();
    await page.getByText(say.noText).waitFor();
    await expectNoViolations(page);
    await page.getByRole("button", { name: say.run }).click();

    await page.getByRole("heading", { level: 1, name: say.done }).waitFor();
    await page.getByText(say.made, { exact: true }).waitFor();
    await expectNoViolations(page);
    const { rows } = await house.server.database.pool.query(
      "select count(*)::int as n from kernel.case_imports where source_key like $1",
      [`${locale}%`],
    );
    expect(rows).toEqual([{ n: 40 }]);
    await leave(page);
  },
);
