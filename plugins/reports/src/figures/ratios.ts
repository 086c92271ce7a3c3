import type { ReleasedFigures, Text } from "@doorstep/sdk";
import { type Counted, type Share, shareOf } from "./counted.ts";
import { monthsOf, type Period } from "./months.ts";

/** An indicator of how petitions are answered: never how many there are. */
export interface Ratio {
  readonly code: string;
  readonly title: Text;
  readonly dataset: string;
  /** the measure above the line */
  readonly above: string;
  /** the measure below the line; absent: all of it */
  readonly below?: string;
}

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** In the order of the field; one whose dataset is not counted here is left out of a report. */
export const ratios: readonly Ratio[] = [
  { code: "I1", title: t("及时受理率", "Timely acceptance"), dataset: "indicators/acceptance", above: "inTime" },
  { code: "I2", title: t("按期办结率", "On-time conclusion"), dataset: "indicators/conclusion", above: "inTime" },
  {
    ...{ code: "I2′", title: t("不延期按期办结率", "On-time conclusion without extensions") },
    ...{ dataset: "indicators/conclusion", above: "inTimeUnextended" },
  },
  { code: "I3", title: t("复查复核按期率", "Reviews in time"), dataset: "indicators/review", above: "inTime" },
  { code: "I4", title: t("参评率", "Rated share"), dataset: "indicators/answer", above: "rated" },
  {
    ...{ code: "I5", title: t("群众满意率（办理单位）", "Satisfaction with the unit") },
    ...{ dataset: "indicators/answer", above: "unitSatisfied", below: "rated" },
  },
  {
    ...{ code: "I5", title: t("群众满意率（信访部门）", "Satisfaction with the office") },
    ...{ dataset: "indicators/answer", above: "officeSatisfied", below: "rated" },
  },
  {
    ...{ code: "I6", title: t("一次性化解率", "Resolved the first time") },
    ...{ dataset: "indicators/resolution", above: "held" },
  },
  { code: "I7", title: t("重复信访率", "Repeat rate"), dataset: "indicators/registration", above: "repeat" },
  {
    code: "I8",
    title: t("件件有回音", "Every petition answered"),
    dataset: "indicators/due",
    above: "answered",
  },
  {
    ...{ code: "I9", title: t("六十天内答复", "Answered within 60 days") },
    ...{ dataset: "indicators/answer", above: "within60" },
  },
  {
    ...{ code: "I10", title: t("流转超过两次", "Handed over more than twice") },
    ...{ dataset: "indicators/answer", above: "manyHops" },
  },
  { code: "I11", title: t("复查率", "Review rate"), dataset: "indicators/answer", above: "reviewed" },
  {
    ...{ code: "I11", title: t("纠错率", "Changed on review") },
    ...{ dataset: "indicators/answer", above: "reviewChanged", below: "reviewDecided" },
  },
  { code: "I12", title: t("承诺落实率", "Promises kept"), dataset: "indicators/commitment", above: "kept" },
  {
    ...{ code: "I13", title: t("积案化解率", "Backlog struck off") },
    ...{ dataset: "backlog/month", above: "struck" },
  },
  {
    ...{ code: "I14", title: t("就地化解率", "Disputes settled close to home") },
    ...{ dataset: "mediation/concluded", above: "agreedNear" },
  },
  {
    code: "I15",
    title: t("调解成功率", "Mediations with an agreement"),
    dataset: "mediation/concluded",
    above: "agreed",
  },
  { code: "I16", title: t("协议履行率", "Agreements performed"), dataset: "mediation/agreement", above: "kept" },
  { code: "I17", title: t("回访率", "Follow-up visits done"), dataset: "mediation/visit", above: "done" },
  { code: "I18", title: t("接访履约率", "Reception days held"), dataset: "reception-day/session", above: "held" },
  {
    ...{ code: "I18", title: t("接访当场解决", "Solved on the spot") },
    ...{ dataset: "reception-day/visit", above: "onTheSpot" },
  },
  { code: "I19", title: t("包案化解率", "Cases of leaders settled"), dataset: "indicators/charge", above: "settled" },
  {
    ...{ code: "I20", title: t("三项建议按期反馈率", "Recommendations answered in time") },
    ...{ dataset: "supervision/recommendations", above: "inTime" },
  },
  {
    ...{ code: "I20", title: t("三项建议采纳率", "Recommendations adopted") },
    ...{ dataset: "supervision/recommendations", above: "adopted", below: "answered" },
  },
  { code: "I21", title: t("建议采纳率", "Suggestions adopted"), dataset: "indicators/suggestion", above: "adopted" },
  {
    ...{ code: "I22", title: t("谈心承诺兑现率", "Promises of talks kept") },
    ...{ dataset: "heart-talk/promise", above: "kept" },
  },
];

/** What a share of a dataset is divided by: another measure, or all of it. */
export const baseOf = (dataset: string, measure: string): string | undefined =>
  ratios.find((one) => one.dataset === dataset && one.above === measure)?.below;

/** A ratio of one unit over a period, by the figures released of it. */
export function ratioOf(
  { above, below }: Pick<Ratio, "above" | "below">,
  figures: readonly ReleasedFigures[],
  period: Period,
): Share {
  const byMonth = new Map(figures.map((one) => [one.month, one]));
  return shareOf(
    monthsOf(period).map((month) => {
      const one = byMonth.get(month);
      return [one?.measures[above]?.yes, below === undefined ? one?.total : one?.measures[below]?.yes] as const;
    }),
  );
}

/** The ratios of which something is counted at the unit. */
export function ratiosIn(counted: readonly Counted[]): readonly (Ratio & { readonly of: Counted })[] {
  return ratios.flatMap((ratio) => {
    const of = counted.find(({ about }) => about.dataset === ratio.dataset);
    return of ? [{ ...ratio, of }] : [];
  });
}
