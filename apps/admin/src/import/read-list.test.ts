import { expect, test } from "vitest";
import { guessMapping, MAX_ROWS, namedRows, readList } from "./read-list.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
/** 单位代码,单位名称 / A1,一连 in GB 18030 */
const gb = Uint8Array.from(
  "b5a5cebbb4fac2eb2cb5a5cebbc3fbb3c60a41312cd2bbc1ac0a".match(/../g)?.map((hex) => Number.parseInt(hex, 16)) ?? [],
);

test("a list in UTF-8, with or without its mark, is read with headings apart", async () => {
  for (const mark of ["", "\uFEFF"])
    expect(await readList(bytes(`${mark}代码,名称\r\nA1,"一连, 二排"\r\n\r\n`))).toEqual({
      encoding: "utf-8",
      headings: ["代码", "名称"],
      rows: [["A1", "一连, 二排"]],
    });
});

test("a list in the national encoding is recognised", async () => {
  expect(await readList(gb)).toEqual({
    encoding: "gbk",
    headings: ["单位代码", "单位名称"],
    rows: [["A1", "一连"]],
  });
});

test("what is no list says why", async () => {
  expect(await readList(gb, "utf-8")).toBe("broken");
  expect(await readList(bytes('a,b\n"1,2\n'))).toBe("broken");
  expect(await readList(bytes(""))).toBe("empty");
  expect(await readList(bytes("code,name\n,\n"))).toBe("empty");
  expect(await readList(bytes("%PDF-1.7 ..."))).toBe("notAList");
  expect(await readList(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe("oldWorkbook");
  expect(await readList(bytes("PK\u0003\u0004 a letter, no workbook"))).toBe("brokenWorkbook");
  expect(await readList(new Uint8Array(21 * 1024 * 1024))).toBe("tooLarge");
});

test("as many rows as the server takes are a list, one more is not", async () => {
  const rows = (count: number) => bytes(`code,name\n${"A1,一连\n".repeat(count)}`);
  expect(await readList(rows(MAX_ROWS))).toMatchObject({ headings: ["code", "name"] });
  expect(await readList(rows(MAX_ROWS + 1))).toBe("tooMany");
  expect(await readList(rows(10_000))).toBe("tooMany");
});

test("semicolons and tabs divide as well", async () => {
  expect(await readList(bytes("a;b\n1,5;2\n"))).toMatchObject({ rows: [["1,5", "2"]] });
  expect(await readList(bytes("a\tb\n1\t2\n"))).toMatchObject({ rows: [["1", "2"]] });
});

test("columns are matched by the words people use and given the server's names", async () => {
  const fields = [
    { name: "code", required: true, known: ["code", "单位代码"] },
    { name: "name", required: true, known: ["name", "单位名称"] },
    { name: "strength", required: false, known: ["人数"] },
  ];
  const list = await readList(gb);
  if (typeof list === "string") throw new Error(list);
  const mapping = guessMapping(list.headings, fields);

  expect(mapping).toEqual({ code: 0, name: 1, strength: undefined });
  expect(namedRows(list, mapping)).toEqual([{ code: "A1", name: "一连" }]);
});
