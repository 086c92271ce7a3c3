import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  noMailbox: {
    "zh-CN": "这个信箱已经停用或者不存在，请返回重新选择。",
    en: "This mailbox is closed or does not exist. Go back and choose another.",
  },
  notFound: {
    "zh-CN": "没有找到这封信，或者它不再由您阅读。",
    en: "This letter was not found, or it is no longer yours to read.",
  },
  named: {
    "zh-CN": "本单位的首长信箱要求写明姓名，请选择实名或者只让办理单位知道。",
    en: "This unit's mailboxes take letters with a name. Choose by name or confidentially, and send it again.",
  },
  leader: {
    "zh-CN": "信箱的首长和代阅人都要有签发或包案岗位，而且不能是同一人。请先在管理台设置岗位。",
    en: "The leader and whoever reads for him are two people who sign or take cases. Have their posts set in administration first.",
  },
  already: {
    "zh-CN": "这位首长在本单位已有信箱。要更改职务，请先停用再开设。",
    en: "This leader has a mailbox here already. To change the post, close it and open another.",
  },
  read: { "zh-CN": "这封信已经标为已阅。", en: "This letter is marked as read already." },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
