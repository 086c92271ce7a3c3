import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到，可能已经处理。请刷新后查看。",
    en: "This was not found; it may have been dealt with. Load the page again.",
  },
  codeTaken: {
    "zh-CN": "已有往来单位使用这个代码，请换一个，或先停用原来的。",
    en: "Another partner has this code. Choose another one, or end that partner first.",
  },
  respondent: {
    "zh-CN": "这件事项反映的就是该单位或其上级，不能转给它，请转给其他单位。",
    en: "This petition complains of that unit or one above it and cannot go there. Choose another one.",
  },
  noKeys: {
    "zh-CN": "本单位还没有文件包密钥，请管理往来单位的同志先生成。",
    en: "The unit has no keys for packages yet. Ask whoever keeps the partners to make them.",
  },
  noPartnerKeys: {
    "zh-CN": "还没有登记该单位的公钥，请先在往来单位中登记。",
    en: "The keys of this partner are not known yet. Enter them among the partners first.",
  },
  notKeys: {
    "zh-CN": "这不是该单位的公钥，请核对代码，并把对方给的整段文字粘贴进来。",
    en: "These are not the keys of this partner. Check its code, and paste the whole text it gave you.",
  },
  notForUs: {
    "zh-CN": "这个文件不是给本单位的文件包，或已损坏，请向发送单位核实后重新拷贝。",
    en: "This file is no package for this unit, or it is damaged. Ask the sender and copy it again.",
  },
  damaged: {
    "zh-CN": "文件包内容不完整，请向发送单位重新索取。",
    en: "The package is not whole. Ask the sender for it again.",
  },
  changed: {
    "zh-CN": "同一编号的文件包已经收过，这一份内容不同，没有转入，请向发送单位核实。",
    en: "A package of this number came before and says something else. This one was not taken in; ask the sender.",
  },
  older: {
    "zh-CN": "这件事项已收到更新的版本，这一份较早，没有转入。",
    en: "A newer version of this matter is here already. This older one was not taken in.",
  },
  earlierFirst: {
    "zh-CN": "这件事项的前一份还没有转入办理，请先处理前一份，再导入这一份。",
    en: "The version before this one is not taken in yet. See to that one first, then bring this again.",
  },
  receiptUnknown: {
    "zh-CN": "这份回执与本单位转出的事项对不上，或签名不符，请向对方核实。",
    en: "This receipt fits nothing that the unit sent, or its signature does not fit. Ask the partner.",
  },
  unknownSender: {
    "zh-CN": "发送单位还没有登记为往来单位或没有登记公钥，请先登记再重试。",
    en: "The sender is no partner yet, or its keys are not entered. Enter them, then try again.",
  },
  signature: {
    "zh-CN": "签名与登记的公钥不符，请向发送单位核实。",
    en: "The signature does not fit the keys you have. Ask the sender.",
  },
  reportBy: {
    "zh-CN": "要求反馈的日期应在今天以后。",
    en: "The report is asked for by a day after today.",
  },
  tooMuch: {
    "zh-CN": "附件合计超过1.2 MB，请压缩或减少后再试，其余的另行交付。",
    en: "The attachments are more than 1.2 MB together. Make them smaller or fewer, and hand the rest over another way.",
  },
  state: {
    "zh-CN": "情况已经变了，请刷新后查看。",
    en: "This has moved on. Load the page again.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
