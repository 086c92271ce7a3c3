import type { Text } from "@doorstep/sdk";
import { letterDay, refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件信访事项或这次听证，可能已经移走。请刷新后查看。",
    en: "This petition or this hearing was not found; it may have moved. Load the page again.",
  },
  state: {
    "zh-CN": "听证的情况已经变了，请刷新后查看。",
    en: "This hearing has moved on. Load the page again.",
  },
  notNow: {
    "zh-CN": "事项受理以后、答复以前，或者在复核阶段，可以申请听证。",
    en: "A hearing can be applied for once the petition is accepted and before it is answered, or while it is reviewed for the second time.",
  },
  elsewhere: {
    "zh-CN": "这件信访事项不在本单位或下级办理，听证由办理它的单位组织。",
    en: "This petition is not handled at your unit or below it. The unit that handles it holds its hearings.",
  },
  closed: {
    "zh-CN": "这件事项需要保密，听证不公开；来信人本人同意公开的，请先勾选。",
    en: "This petition is confidential, so its hearing is closed. Where the petitioner himself agrees to an open one, tick that first.",
  },
  panelSize: {
    "zh-CN": "听证组连主持人应是单数，并且不少于本单位规定的人数。请调整名单。",
    en: "A panel is an odd number of people, its chair among them, and no fewer than your unit has set. Change the list.",
  },
  notHere: {
    "zh-CN": "听证组成员要从本单位和下级的人员里选，请重新选择。",
    en: "The panel is chosen from the people of your unit and below it. Choose again.",
  },
  replaceLate: {
    "zh-CN": "离听证太近，来不及告知各方换人。请取消这次听证，重新确定日期和听证组。",
    en: "The day is too near to tell the parties of a change. Call the hearing off and call it anew with another panel.",
  },
  onPanel: {
    "zh-CN": "这位同志已经在听证组里，或者已经退出。请另选一位。",
    en: "That person sits on the panel already, or has left it. Choose somebody else.",
  },
  notYet: {
    "zh-CN": "还没有到听证的日子。",
    en: "The day of the hearing has not come yet.",
  },
  notNoticed: {
    "zh-CN": "听证通知没有按期签发送达，这次听证不能进行。请取消后重新确定日期。",
    en: "The notice was not signed and sent in time, so this hearing cannot be held. Call it off and set another day.",
  },
  short: {
    "zh-CN": "到场的听证组人数不够。请取消这次听证，重新组成听证组。",
    en: "Too few of the panel are there. Call this hearing off and call it anew with another panel.",
  },
  chair: {
    "zh-CN": "主持人没有到场，听证不能进行。请取消后重新确定日期。",
    en: "The chair is not there, so it cannot be held. Call it off and set another day.",
  },
  signedAlready: {
    "zh-CN": "已经有人在笔录上签字，不能再改。有出入的请写在签字旁边。",
    en: "Somebody has signed the record, so it stays as it is. What is not right is noted beside a signature.",
  },
  signature: {
    "zh-CN": "请先在框内签字。",
    en: "Please sign in the box first.",
  },
  unsigned: {
    "zh-CN": "还有到场的人没有签字。请他签字，或者写明没有签字的原因。",
    en: "Somebody who was there has not signed. Let him sign, or note why he does not.",
  },
  votes: {
    "zh-CN": "还有听证组成员没有表决，请等全体表决后再作结论。",
    en: "Somebody of the panel has not voted yet. Conclude once everybody has.",
  },
  own: {
    "zh-CN": "听证组成员不能决定回避，请由其他领导决定。",
    en: "Nobody of the panel decides who leaves it. Let another leader decide.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);

/** The parties could not be told in time [HEAR]: from which day on they can. */
export const tooSoon = (earliest: string): Error =>
  refusal("tooSoon", {
    "zh-CN": `通知要提前送到，请选择${letterDay(earliest, "zh-CN")}或更晚的一天。`,
    en: `The parties must be told in time. Choose ${letterDay(earliest, "en")} or a later day.`,
  });
