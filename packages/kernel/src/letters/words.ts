import type {
  Anonymity,
  Category,
  DemandOutcome,
  IntakeChannel,
  Locale,
  PersonKind,
  ReviewOutcome,
  replyKinds,
  severities,
  Text,
  Track,
} from "@doorstep/contracts";

const w = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** Words of the field as letters use them; each list is complete by its type. */
export const channelWords: Readonly<Record<IntakeChannel, Text>> = {
  online: w("网上信访", "online"),
  letter: w("来信", "by letter"),
  visit: w("来访", "in person"),
  phone: w("来电", "by telephone"),
  fax: w("传真", "by fax"),
  mail: w("电子邮件", "by e-mail"),
  leaderMailbox: w("首长信箱", "through the leader's mailbox"),
  receptionDay: w("领导接访", "on a reception day"),
  goingDown: w("领导下访", "during a leader's visit"),
  talkConverted: w("谈心谈话（经本人同意）", "from a talk, with your consent"),
  assignedFromAbove: w("上级交办", "assigned by the superior unit"),
  militaryLocal: w("军地转来", "from the civil authorities"),
  imported: w("历史登记", "from an earlier register"),
};

export const personKindWords: Readonly<Record<PersonKind, Text>> = {
  officer: w("军官", "officer"),
  nco: w("军士", "non-commissioned officer"),
  conscript: w("义务兵", "conscript"),
  civilianStaff: w("文职人员", "civilian staff"),
  family: w("军人家属", "family member"),
  veteran: w("退役军人", "veteran"),
  survivor: w("烈士、因公牺牲或病故军人遗属", "survivor"),
  citizen: w("群众", "citizen"),
};

export const categoryWords: Readonly<Record<Category, Text>> = {
  suggestion: w("建议意见", "suggestion"),
  accusation: w("检举控告", "accusation"),
  claim: w("申诉求决", "claim"),
};

export const trackWords: Readonly<Record<Track, Text>> = {
  ordinary: w("普通程序", "ordinary procedure"),
  simple: w("简易办理程序", "simple procedure"),
  suggestion: w("建议意见办理程序", "procedure for suggestions"),
  accusation: w("检举控告处理程序", "procedure for accusations"),
  statutory: w("法定途径", "statutory procedure"),
};

export const severityWords: Readonly<Record<(typeof severities)[number], Text>> = {
  ordinary: w("一般", "ordinary"),
  serious: w("重要", "serious"),
  urgent: w("紧急", "urgent"),
};

export const anonymityWords: Readonly<Record<Anonymity, Text>> = {
  named: w("实名", "by name"),
  confidential: w("实名（要求保密）", "by name, kept confidential"),
  anonymous: w("匿名", "anonymous"),
};

export const outcomeWords: Readonly<Record<DemandOutcome, Text>> = {
  supported: w("予以支持", "supported"),
  explained: w("解释说明", "explained"),
  notSupported: w("不予支持", "not supported"),
  adopted: w("予以采纳", "adopted"),
  partlyAdopted: w("部分采纳", "adopted in part"),
  notAdopted: w("未予采纳", "not adopted"),
  diverted: w("依法导入其他途径", "passed to another procedure"),
  mediated: w("调解解决", "settled by mediation"),
};

export const reviewOutcomeWords: Readonly<Record<ReviewOutcome, Text>> = {
  upheld: w("维持原处理意见", "the opinion is upheld"),
  changed: w("变更原处理意见", "the opinion is changed"),
  quashed: w("撤销原处理意见，责令重新办理", "the opinion is quashed and must be given again"),
};

export const replyKindWords: Readonly<Record<(typeof replyKinds)[number], Text>> = {
  answer: w("解答", "answer"),
  explain: w("解释", "explanation"),
  solve: w("解决", "solution"),
};

/** Chooses the sentence of the letter's language; both stand side by side in the templates. */
export type Say = (zh: string, en: string) => string;
export const sayIn =
  (locale: Locale): Say =>
  (zh, en) =>
    locale === "zh-CN" ? zh : en;
