import { type LetterDoc, letterDoc } from "@doorstep/contracts";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LetterSheet } from "./letter-sheet.tsx";
import { letterTexts } from "./letter-texts.ts";
import { readDoc } from "./read-doc.ts";

const opinion: LetterDoc = letterDoc.parse({
  template: "D14",
  templateVersion: 1,
  locale: "zh-CN",
  issuer: "某旅信访办",
  number: null,
  caseNo: "2026-7K3M9Q-X",
  caseNoLabel: "信访编号",
  mark: "敏感",
  title: "信访事项处理意见书",
  addressee: "来信人：",
  blocks: [
    { kind: "heading", text: "一、诉求" },
    { kind: "paragraph", text: "经查：\n津贴少发三个月。" },
    { kind: "list", items: ["工资表", "调动命令"] },
    { kind: "fields", rows: [{ label: "收到日期", value: "2026年3月2日" }] },
    { kind: "demands", items: [{ title: "诉求 1", rows: [{ label: "处理意见", value: "予以支持" }] }] },
    {
      kind: "table",
      columns: [
        { title: "月份", share: 0.5 },
        { title: "金额", share: 0.5 },
      ],
      rows: [["3月", "800 元"]],
    },
  ],
  closing: "特此告知。",
  signature: { unit: "某旅", issuedOn: null, dateText: null, sealText: "（印章）" },
  signLines: ["经办人"],
  summary: { title: "简要说明", paragraphs: ["少发的津贴将补发。"] },
  contact: [{ label: "电话", value: "010-1000" }],
  query: { hint: "可凭查询码查询。", address: null, code: null },
  draftMark: "草稿",
});

test("every text that may change is written at the place under which two versions are compared", () => {
  const written = new Map<string, string>();
  renderToStaticMarkup(
    <LetterSheet
      doc={opinion}
      write={(text, place) => {
        written.set(place, text);
        return text;
      }}
    />,
  );

  expect([...written].sort()).toEqual([...letterTexts(opinion)].sort());
});

test("the sheet says all that the letter says", () => {
  const sheet = renderToStaticMarkup(<LetterSheet doc={opinion} />);

  for (const part of [
    "某旅信访办",
    "草稿",
    "敏感",
    "2026-7K3M9Q-X",
    "来信人：",
    "800 元",
    "特此告知。",
    "（印章）",
    "010-1000",
  ])
    expect(sheet).toContain(part);
});

test("a preview in two languages gives the reader's one, and what is no letter gives none", () => {
  expect(readDoc({ "zh-CN": opinion, en: { ...opinion, locale: "en" } }, "en")?.locale).toBe("en");
  expect(readDoc(opinion, "en")?.locale).toBe("zh-CN");
  expect(readDoc({ nonsense: true }, "en")).toBeUndefined();
});
