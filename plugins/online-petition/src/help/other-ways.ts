import type { Text } from "@doorstep/sdk";
import type { Topic } from "./topics.ts";

/** A remedy beside a petition. Its time runs on while a petition is looked at, so it is named before somebody files. */
export interface OtherWay {
  readonly topics: readonly Topic[];
  readonly title: Text;
  readonly where: Text;
  readonly timeLimit: Text;
  readonly source: Text;
}

/** The statutory routes of R22 art. 31 and what stands beside them, with the time within which each must be taken. */
export const otherWays: readonly OtherWay[] = [
  {
    topics: ["discipline"],
    title: { "zh-CN": "对纪律处分的申诉", en: "Appeal against a punishment" },
    where: {
      "zh-CN": "作出处分决定的机关，或者它的上一级",
      en: "Whoever decided on the punishment, or the level above",
    },
    timeLimit: {
      "zh-CN": "以处分决定书写明的期限为准，请马上查看；信访不会使申诉期限停下来",
      en: "The time is written in the decision: look at once. A petition does not stop it",
    },
    source: { "zh-CN": "《信访工作条例》第三十一条第三项", en: "Regulations on Petition Work, art. 31 (3)" },
  },
  {
    topics: ["authority", "family", "housing"],
    title: { "zh-CN": "行政复议", en: "Administrative reconsideration" },
    where: {
      "zh-CN": "作出决定的地方行政机关的本级人民政府，或者决定书写明的复议机关",
      en: "The people's government of the civil office that decided, or the body named in the decision",
    },
    timeLimit: { "zh-CN": "自知道该决定之日起60日内", en: "Within 60 days of learning of the decision" },
    source: { "zh-CN": "《行政复议法》第二十条", en: "Administrative Reconsideration Law, art. 20" },
  },
  {
    topics: ["authority", "family", "housing"],
    title: { "zh-CN": "行政诉讼", en: "Suit against a civil office" },
    where: { "zh-CN": "人民法院", en: "The people's court" },
    timeLimit: {
      "zh-CN": "自知道该行为之日起6个月内；经过复议的，收到复议决定后15日内",
      en: "Within 6 months of learning of it; after a reconsideration within 15 days of its decision",
    },
    source: { "zh-CN": "《行政诉讼法》第四十五条、第四十六条", en: "Administrative Procedure Law, art. 45 and 46" },
  },
  {
    topics: ["family"],
    title: { "zh-CN": "劳动争议仲裁（家属的工作）", en: "Labour arbitration (work of a family member)" },
    where: {
      "zh-CN": "用人单位所在地的劳动人事争议仲裁委员会",
      en: "The arbitration commission where the employer is",
    },
    timeLimit: { "zh-CN": "自知道权利被侵害之日起1年内", en: "Within one year of learning of the infringement" },
    source: {
      "zh-CN": "《劳动争议调解仲裁法》第二十七条",
      en: "Labour Dispute Mediation and Arbitration Law, art. 27",
    },
  },
  {
    topics: ["dispute"],
    title: { "zh-CN": "人民调解", en: "People's mediation" },
    where: {
      "zh-CN": "单位的调解组织，或者当地人民调解委员会，不收费",
      en: "The unit's mediators or the local mediation committee, free of charge",
    },
    timeLimit: {
      "zh-CN": "没有期限；达成协议后要申请法院确认的，30日内双方共同申请",
      en: "None; to have an agreement confirmed by the court, both ask for it within 30 days",
    },
    source: { "zh-CN": "《人民调解法》第四条、第三十三条", en: "People's Mediation Law, art. 4 and 33" },
  },
  {
    topics: ["dispute", "authority", "family", "housing"],
    title: { "zh-CN": "民事诉讼", en: "Civil suit" },
    where: {
      "zh-CN": "人民法院；军人军属可以申请法律援助",
      en: "The people's court; soldiers and their families may ask for legal aid",
    },
    timeLimit: {
      "zh-CN": "一般为3年，自知道权利受损之日起算",
      en: "As a rule three years from learning of the damage",
    },
    source: { "zh-CN": "《民法典》第一百八十八条", en: "Civil Code, art. 188" },
  },
  {
    topics: ["pay", "housing", "health", "family", "service", "discipline", "dispute", "authority", "other"],
    title: { "zh-CN": "已经答复过的信访事项：复查、复核", en: "A petition that was answered: review and re-review" },
    where: {
      "zh-CN": "答复单位的上一级；在“查进度”里提出",
      en: "The level above the one that answered; ask for it under “Follow a matter”",
    },
    timeLimit: {
      "zh-CN": "收到答复后30日内；对复查意见不服的，收到后30日内",
      en: "Within 30 days of the answer; against the review within 30 days of it",
    },
    source: { "zh-CN": "《信访工作条例》第三十五条、第三十六条", en: "Regulations on Petition Work, art. 35 and 36" },
  },
];

export const waysFor = (topic: Topic): readonly OtherWay[] => otherWays.filter((way) => way.topics.includes(topic));
