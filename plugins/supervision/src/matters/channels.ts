import type { Text } from "@doorstep/sdk";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** Ways in that can go quiet, as the barometer names them. */
export const channelTexts: Readonly<Record<string, Text>> = {
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
};

/** What a matter is called that belongs to no petition. */
export const silentTitle = (channel: string | null): Text | null => {
  const name = channel === null ? undefined : channelTexts[channel];
  return name ? t(`信访渠道没有来件：${name["zh-CN"]}`, `A way in went quiet: ${name.en}`) : null;
};
