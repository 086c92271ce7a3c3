import { definePlugin, type Text } from "@doorstep/sdk";
import { type DatasetSpec, pluginServer } from "@doorstep/sdk/server";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });
const category = {
  category: {
    title: t("类别", "Category"),
    values: { claim: t("申诉求决", "Claim"), suggestion: t("建议意见", "Suggestion") },
  },
};
/** Released by the test itself: nothing is counted. */
const counts = (title: Text, measures: Readonly<Record<string, Text>>): DatasetSpec => ({
  ...{ title, dimensions: category, measures, live: () => null },
});
const serverOf = (id: string, title: Text, datasets: Readonly<Record<string, DatasetSpec>>) =>
  pluginServer(definePlugin({ id, title, purpose: title, sdk: "^1.0.0", capabilities: [], permissions: {} }), {
    datasets,
  });

/** Those who count, by the names that reports know, with what the tests look at. */
export const counting = [
  serverOf("indicators", t("指标", "Indicators"), {
    registration: counts(t("登记的事项", "Petitions registered"), { repeat: t("重复反映", "Repeated") }),
    forwarding: {
      ...counts(t("转送和交办的事项", "Petitions handed on"), {}),
      dimensions: {
        kind: {
          title: t("方式", "How"),
          values: { transfer: t("转送", "Transferred"), assign: t("交办", "Assigned") },
        },
      },
    },
    assignment: counts(t("办结报告到期的交办", "Reports on assignments due"), { inTime: t("按期", "In time") }),
    conclusion: counts(t("办结到期的事项", "Conclusions due"), { inTime: t("按期", "In time") }),
    answer: counts(t("作出的答复", "Replies given"), {
      rated: t("已评价", "Rated"),
      unitSatisfied: t("满意", "Satisfied"),
    }),
  }),
  serverOf("mediation", t("调解", "Mediation"), {
    agreement: counts(t("达成的协议", "Agreements"), { kept: t("履行", "Performed") }),
  }),
  serverOf("root-cause", t("根源", "Root causes"), {
    fixes: counts(t("核验过的措施", "Fixes verified"), { fell: t("减少了", "Fell") }),
  }),
  serverOf("others", t("别的", "Others"), {
    talks: counts(t("谈心", "Talks"), { kept: t("兑现", "Kept") }),
  }),
];
