import type { Text } from "@doorstep/sdk";
import type { Part } from "./lines.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

export const partWords: Readonly<Record<Part, Text>> = {
  received: t(
    "（一）收到的信访事项：数量、所涉领域和单位",
    "(1) What was received: how many, about what, of which units",
  ),
  passedOn: t("（二）转送、交办和督办", "(2) Passed on, assigned and urged"),
  proposals: t("（三）提出的建议和采纳情况", "(3) Proposals made, and what became of them"),
  other: t("（四）其他情况", "(4) Other matters"),
  indicators: t("办理指标", "Indicators"),
  causes: t("问题根源", "What lay behind it"),
  changed: t("改进情况", "What was changed"),
};

export const columnWords = {
  part: t("部分", "Part"),
  what: t("内容", "What"),
  count: t("数量", "How many"),
  of: t("总数", "Out of"),
  percent: t("比例 %", "Share %"),
  missing: t("未计入的月份数", "Months not in it"),
  unit: t("单位", "Unit"),
  month: t("月份", "Month"),
  report: t("报告", "Report"),
  schedule: t("定期生成", "Made by schedule"),
  period: t("哪一期", "Made for"),
  countYear: t("上年数量", "Year before"),
  percentYear: t("上年比例 %", "Share % year before"),
  countMonth: t("上月数量", "Month before"),
  percentMonth: t("上月比例 %", "Share % month before"),
} satisfies Record<string, Text>;

export const scheduleWords = {
  none: t("不定期", "No"),
  weekly: t("每周", "Each week"),
  monthly: t("每月", "Each month"),
} satisfies Record<string, Text>;

export const nothing: Text = t(
  "没有数据：相应的模块未启用，或者还没有公布。",
  "No figures: the module that counts them is off, or nothing was released yet.",
);
export const notSigned: Text = t("文字说明：尚未签署。", "In words: nobody has signed anything yet.");
export const signedBy = (version: number, signer: string, on: string): Text =>
  t(`第${version}版，${signer}签署，${on}`, `Version ${version}, signed by ${signer}, ${on}`);
export const alone = (name: Text): Text => t(`${name["zh-CN"]}（本级）`, `${name.en} (alone)`);
