import type { Locale, Purpose, Text } from "@doorstep/sdk";

interface Service {
  readonly code: Purpose;
  readonly name: Text;
  readonly about: Text;
}

/** What a civil office may bring, as the petitioner's own form asks for it. */
export const services: readonly Service[] = [
  {
    code: "solve",
    name: { "zh-CN": "问题求决", en: "A problem to be solved" },
    about: {
      "zh-CN": "请单位解决一件事，或对处理不服。",
      en: "Something the unit is to settle, or a decision somebody contests.",
    },
  },
  {
    code: "suggest",
    name: { "zh-CN": "意见建议", en: "A suggestion" },
    about: { "zh-CN": "对单位工作的意见和建议。", en: "An idea or opinion about the unit's work." },
  },
  {
    code: "ask",
    name: { "zh-CN": "咨询", en: "A question" },
    about: { "zh-CN": "政策和办事咨询。", en: "A question about policy or procedure." },
  },
  {
    code: "help",
    name: { "zh-CN": "求助", en: "A call for help" },
    about: { "zh-CN": "官兵、家属、烈属遇到的困难。", en: "A hardship of soldiers, families or survivors." },
  },
  {
    code: "accuse",
    name: { "zh-CN": "检举控告", en: "A report of misconduct" },
    about: {
      "zh-CN": "直接送上级纪检机关，本单位看不到；以后查询只显示已移交。",
      en: "Goes straight to the discipline organ above; the unit does not see it, and all that is told later is that it was handed on.",
    },
  },
];

export const serviceOf = (code: string | undefined): Service | undefined => services.find((one) => one.code === code);

/** What is asked beside the standard's own fields. */
export const attributes = (locale: Locale) => {
  const t = (zh: string, en: string): string => (locale === "en" ? en : zh);
  const common = { variable: true, required: false, datatype_description: "" };
  return [
    {
      ...common,
      code: "title",
      datatype: "string",
      order: 1,
      description: t("一句话说明", "In one sentence"),
      values: [],
    },
    {
      ...common,
      code: "desired",
      datatype: "text",
      order: 2,
      description: t("希望怎样解决", "What is wished for"),
      values: [],
    },
    {
      ...{ ...common, code: "danger", datatype: "singlevaluelist", order: 3 },
      description: t("现在有人有危险吗", "Is somebody in danger now"),
      values: [
        { key: "no", name: t("没有", "No") },
        { key: "yes", name: t("有，需要马上有人管", "Yes, somebody has to act at once") },
      ],
    },
  ];
};
