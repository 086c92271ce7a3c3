import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到，可能已经变动。请刷新后查看。",
    en: "This was not found; it may have changed. Load the page again.",
  },
  code: {
    "zh-CN": "没有这个预约码，请对照当时记下的再输一次。",
    en: "There is no booking with this code. Compare it with what you noted and type it again.",
  },
  taken: {
    "zh-CN": "这个时间刚被约走，请另选一个。",
    en: "Somebody has just taken that time. Choose another.",
  },
  closed: {
    "zh-CN": "这次接访不能再约，请看看其他日期。",
    en: "This day takes no more bookings. Look at the others.",
  },
  free: {
    "zh-CN": "现在有接访日可以预约，请直接选时间。",
    en: "There are times to be booked. Choose one of them.",
  },
  manyWishes: {
    "zh-CN": "登记的人已经很多，本单位会安排接访。急的事请直接反映。",
    en: "Many have left their wish already, and the unit will set a day. If it cannot wait, raise the matter directly.",
  },
  time: {
    "zh-CN": "接访时间须在以后，且一天之内结束，至少够接待一人。",
    en: "A reception day lies ahead, ends within a day, and has time for one visitor at least.",
  },
  leader: {
    "zh-CN": "请从名单中选择本单位能办理事项的领导。",
    en: "Choose a leader of the unit from the list.",
  },
  busy: {
    "zh-CN": "这位领导或这个地点在那段时间已有安排，请换一个时间。",
    en: "The leader or the place is taken at that time. Choose another.",
  },
  notYours: {
    "zh-CN": "请由公布这次接访的人或接访领导本人调整。",
    en: "Whoever published this day, or the leader himself, changes it.",
  },
  owner: {
    "zh-CN": "承办人须是本单位能办理事项的人员，请重新选择。",
    en: "Whoever is to keep a promise has a desk at the unit. Choose again.",
  },
  promise: {
    "zh-CN": "承诺的日期已经过去，请改为今天或以后。",
    en: "The day of a promise is over. Make it today or later.",
  },
  sealed: {
    "zh-CN": "检举控告不在这里记录或关联，请登记后由纪检机关办理。",
    en: "Accusations are neither noted nor linked here. Register it; the discipline organ handles it.",
  },
  state: { "zh-CN": "这位来访人已经处理过，请刷新后查看。", en: "This visit was dealt with. Load the page again." },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
