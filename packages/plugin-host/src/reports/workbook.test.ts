import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import ExcelJs from "exceljs";
import { expect, test } from "vitest";
import { writeWorkbook } from "./workbook.ts";

const title = { "zh-CN": "登记簿", en: "Register" };
const columns = [{ key: "a", title: { "zh-CN": "甲", en: "A" } }];
const book = { title, columns, at: new Date("2026-03-02T02:00:00Z"), mark: "mark", locale: "en" } as const;

async function* rows(count: number, told: { read: number }) {
  for (let n = 0; n < count; n += 1) {
    told.read += 1;
    yield { a: n };
  }
}

test("what a book cannot hold is left out, and its last lines say so", async () => {
  const out = new PassThrough();
  const whole = buffer(out);
  const most = { rows: 1_200, left: "the rest is left out" };

  expect(await writeWorkbook(out, { ...book, rows: rows(5_000, { read: 0 }), most })).toBe(1_200);

  const read = new ExcelJs.Workbook();
  await read.xlsx.load((await whole) as never);
  const values = read.worksheets[0]?.getColumn(1).values.slice(1) ?? [];
  expect([values.length, values[0], values[1_200], ...values.slice(-2)]).toEqual([
    1_203,
    "A",
    1_199,
    "the rest is left out",
    "mark",
  ]);
});

test("nobody reads on: no more rows are asked for than a reader who is slow can be sent", async () => {
  const out = new PassThrough();
  const told = { read: 0 };
  const writing = writeWorkbook(out, { ...book, rows: rows(200_000, told) });
  await expect.poll(() => out.writableNeedDrain, { timeout: 20_000 }).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asked = told.read;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told.read).toBe(asked);
  expect(asked).toBeLessThan(100_000);

  out.destroy();

  expect(await writing).toBeLessThanOrEqual(asked);
});

test.each(["right after the last row", "while the end is packed"])(
  "a reader leaves %s: the writing is over",
  async (when) => {
    const out = new PassThrough({ highWaterMark: 1 });
    const read = Promise.withResolvers<void>();
    async function* some() {
      // nothing that could be packed into less, so that the end has to wait for a reader
      for (let n = 0; n < 300; n += 1) yield { a: randomBytes(300).toString("base64") };
      if (when === "right after the last row") out.destroy();
      read.resolve();
    }
    const writing = writeWorkbook(out, { ...book, rows: some() });
    await read.promise;
    await after(100);
    out.destroy();

    expect(await Promise.race([writing, after(5_000, "never over")])).toBe(300);
  },
);
