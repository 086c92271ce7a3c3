import { expect, test } from "vitest";
import { guessMapping, namedRows, readList, toCsv } from "./read-list.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
/** 单位代码,单位名称 / A1,一连 in GB 18030 */
const gb = Uint8Array.from(
  "b5a5cebbb4fac2eb2cb5a5cebbc3fbb3c60a41312cd2bbc1ac0a".match(/../g)?.map((hex) => Number.parseInt(hex, 16)) ?? [],
);

test("a list in UTF-8, with or without its mark, is read with headings apart", () => {
  for (const mark of ["", "\uFEFF"])
    expect(readList(bytes(`${mark}代码,名称\r\nA1,"一连, 二排"\r\n\r\n`))).toEqual({
      encoding: "utf-8",
      headings: ["代码", "名称"],
      rows: [["A1", "一连, 二排"]],
    });
});

test("a list in the national encoding is recognised", () => {
  expect(readList(gb)).toEqual({
    encoding: "gb18030",
    headings: ["单位代码", "单位名称"],
    rows: [["A1", "一连"]],
  });
});

test("bytes that do not fit the encoding chosen, and quotes that do not close, are no list", () => {
  expect(readList(gb, "utf-8")).toBeUndefined();
  expect(readList(bytes('a,b\n"1,2\n'))).toBeUndefined();
});

test("semicolons and tabs divide as well, told by the headings alone", () => {
  expect(readList(bytes("a;b\n1,5;2\n"))?.rows).toEqual([["1,5", "2"]]);
  expect(readList(bytes("a\tb\n1\t2\n"))?.rows).toEqual([["1", "2"]]);
});

test("columns are matched by the words people use and given the server's names", () => {
  const fields = [
    { name: "code", required: true, known: ["code", "单位代码"] },
    { name: "name", required: true, known: ["name", "单位名称"] },
    { name: "strength", required: false, known: ["人数"] },
  ];
  const list = readList(gb);
  const mapping = guessMapping(list?.headings ?? [], fields);

  expect(mapping).toEqual({ code: 0, name: 1, strength: undefined });
  expect(list && namedRows(list, mapping)).toEqual([{ code: "A1", name: "一连" }]);
});

test("a list for a spreadsheet holds no formula and survives quotes", () => {
  expect(toCsv([["=1+1", 'a"b']])).toBe('\uFEFF"\'=1+1","a""b"\r\n');
});
