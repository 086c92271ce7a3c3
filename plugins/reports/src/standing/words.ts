import type { Text } from "@doorstep/sdk";
import type { Correction } from "../figures/corrections.ts";
import type { Period } from "../figures/months.ts";
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

export const correctionsPart: Text = t("更正", "Corrections");
export const corrected = ({ title, month, number, on }: Correction): Text =>
  t(
    `${title["zh-CN"]} ${month}：第${number}次公布（更正），${on}`,
    `${title.en} ${month}: release ${number} (a correction), ${on}`,
  );

export const columnWords = {
  part: t("部分", "Part"),
  what: t("内容", "What"),
  indicator: t("指标", "Indicator"),
  unit: t("单位", "Unit"),
  count: t("数量", "How many"),
  of: t("总数", "Out of"),
  percent: t("比例 %", "Share %"),
  missing: t("未计入的月份数", "Months not in it"),
  month: t("月份", "Month"),
  report: t("报告", "Report"),
  schedule: t("定期生成", "Made by schedule"),
  period: t("哪一期", "Made for"),
} satisfies Record<string, Text>;

const yearPattern = /^(\d{4})-01$/;
/** The months a report or a column is of: a year by its number, a month by its name, others from first to last. */
export function periodWords({ from, to }: Period): Text {
  const year = yearPattern.exec(from)?.[1];
  if (year !== undefined && to === `${year}-12`) return t(`${year}年`, year);
  return from === to ? t(from, from) : t(`${from}至${to}`, `${from} to ${to}`);
}
const ofPeriod = (period: Period, zh: string, en: string): Text => {
  const words = periodWords(period);
  return t(`${words["zh-CN"]} ${zh}`, `${words.en}: ${en}`);
};
export const countOf = (period: Period): Text => ofPeriod(period, "数量", "how many");
/** The name of a column of a report in which months stand that were corrected. */
export const withCorrected = (title: Text, months: readonly string[]): Text =>
  months.length === 0
    ? title
    : t(`${title["zh-CN"]}（${months.join("、")}有更正）`, `${title.en} (corrected: ${months.join(", ")})`);
export const unitsIn = (period: Period): Text => ofPeriod(period, "单位", "unit");
export const percentIn = (period: Period): Text => ofPeriod(period, "比例 %", "share %");

export const scheduleWords = {
  none: t("不定期", "No"),
  weekly: t("每周", "Each week"),
  monthly: t("每月", "Each month"),
} satisfies Record<string, Text>;

export const nothing: Text = t(
  "没有数据：相应的模块未启用，或者还没有公布。",
  "No figures: the module that counts them is off, or nothing was released yet.",
);
export const noShare: Text = t("各单位都没有可以比较的数字。", "No unit has a figure that can be compared.");
export const notSigned: Text = t("文字说明：尚未签署。", "In words: nobody has signed anything yet.");
export const signedBy = (version: number, signer: string, on: string): Text =>
  t(`第${version}版，${signer}签署，${on}`, `Version ${version}, signed by ${signer}, ${on}`);
export const alone = (name: Text): Text => t(`${name["zh-CN"]}（本级）`, `${name.en} (alone)`);
