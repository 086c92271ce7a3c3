import type { Category, IntakeChannel, Text } from "@doorstep/sdk";
import type { Thing, things } from "./things.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

export const dimensionTexts = { category: t("类别", "Category"), channel: t("来信渠道", "Channel") };

export const categoryTexts: Readonly<Record<Category | "none", Text>> = {
  suggestion: t("建议意见", "Suggestion"),
  accusation: t("检举控告", "Accusation"),
  claim: t("申诉求决", "Claim"),
  none: t("尚未分类", "Not sorted yet"),
};

export const channelTexts: Readonly<Record<IntakeChannel | "none", Text>> = {
  online: t("网上", "Online"),
  letter: t("来信", "Letter"),
  visit: t("来访", "Visit"),
  phone: t("电话", "Phone"),
  fax: t("传真", "Fax"),
  mail: t("电子邮件", "E-mail"),
  leaderMailbox: t("领导信箱", "Leader's mailbox"),
  receptionDay: t("领导接访", "Reception day"),
  goingDown: t("领导下访", "Leaders going down"),
  talkConverted: t("谈心转来", "From a talk"),
  assignedFromAbove: t("上级交办", "Assigned from above"),
  militaryLocal: t("军地移交", "From local authorities"),
  imported: t("历史记录", "Old records"),
  none: t("不详", "Unknown"),
};

export const thingTexts: Readonly<Record<Thing, Text>> = {
  registration: t("登记的事项", "Petitions registered"),
  acceptance: t("受理到期的事项", "Acceptances due"),
  conclusion: t("办结到期的事项", "Conclusions due"),
  due: t("应当答复的事项", "Answers due"),
  answer: t("作出的答复", "Replies given"),
  commitment: t("到期的承诺", "Promises due"),
  review: t("复查复核到期的事项", "Reviews due"),
  assignment: t("办结报告到期的交办", "Reports on assignments due"),
  resolution: t("答复满九十天的初信初访", "First matters 90 days after the reply"),
  suggestion: t("答复的建议", "Suggestions answered"),
  charge: t("结束的领导包案", "Cases that leaders ended with"),
};

type Mark = (typeof things)[Thing][number];

export const markTexts: Readonly<Record<Mark, Text>> = {
  repeat: t("重复反映", "Repeated"),
  heating: t("说到供暖", "About heating"),
  utilities: t("说到水电气", "About water, power or gas"),
  housing: t("说到住房营房", "About housing or barracks"),
  meals: t("说到伙食", "About meals"),
  pay: t("说到工资津贴", "About pay or allowances"),
  leave: t("说到休假探亲", "About leave"),
  medical: t("说到就医", "About medical care"),
  schooling: t("说到子女入学", "About schooling of children"),
  spouseWork: t("说到家属就业", "About work of spouses"),
  retirement: t("说到退役安置", "About discharge or resettlement"),
  promotion: t("说到晋升选改", "About promotion"),
  homeland: t("说到家乡房产土地", "About house and land at home"),
  inTime: t("按期", "In time"),
  inTimeUnextended: t("不延期即按期", "In time without extension"),
  answered: t("已答复", "Answered"),
  rated: t("已评价", "Rated"),
  unitSatisfied: t("对办理单位满意或基本满意", "Satisfied with the unit, or nearly"),
  officeSatisfied: t("对信访部门满意或基本满意", "Satisfied with the office, or nearly"),
  manyHops: t("流转超过两次", "Handed over more than twice"),
  reviewed: t("申请复查", "Review asked for"),
  reviewDecided: t("已有复查结论", "Review decided"),
  reviewChanged: t("复查后变更或撤销", "Changed or quashed on review"),
  within15: t("十五天内答复", "Answered within 15 days"),
  within30: t("三十天内答复", "Answered within 30 days"),
  within60: t("六十天内答复", "Answered within 60 days"),
  held: t("一次性化解", "Resolved the first time"),
  adopted: t("采纳或部分采纳", "Adopted, or in part"),
  settled: t("化解并经来信人确认", "Settled and confirmed by the petitioner"),
  kept: t("按期落实并经确认", "Kept in time and confirmed"),
};
