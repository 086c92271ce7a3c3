import type { EventType, Text } from "@doorstep/contracts";

/** What the petitioner reads in his history: plain words for the events that concern him. */
export const publicEvents = {
  "case.received": { "zh-CN": "已收到您反映的问题", en: "We received your petition" },
  "case.registered": { "zh-CN": "已登记您的诉求", en: "Your demands were registered" },
  "case.routed": { "zh-CN": "已转到有权处理的单位", en: "It was passed to the unit in charge" },
  "case.returned": { "zh-CN": "已退回转出单位重新确定办理单位", en: "It went back, to be passed to the right unit" },
  "case.accepted": { "zh-CN": "已受理", en: "It was accepted" },
  "case.handlingStarted": { "zh-CN": "已确定承办人，开始办理", en: "Somebody is working on it" },
  "case.extended": { "zh-CN": "办理期限已延长，理由见告知书", en: "More time was granted; the letter says why" },
  "case.replied": { "zh-CN": "已答复", en: "You were answered" },
  "case.reviewRequested": { "zh-CN": "您申请了复查", en: "You asked for a review" },
  "case.reviewDecided": { "zh-CN": "已作出复查决定", en: "The review was decided" },
  "case.redo": { "zh-CN": "复查撤销了原答复，将重新办理", en: "The reply was quashed; it is being decided again" },
  "case.final": { "zh-CN": "已办结", en: "It is concluded" },
  "case.archived": { "zh-CN": "已归档", en: "It was filed away" },
  "case.imported": { "zh-CN": "由旧台账转入", en: "Taken over from an old register" },
  "rating.given": { "zh-CN": "您作出了评价", en: "You rated the reply" },
  "access.identityOpened": { "zh-CN": "有人查看了您的身份信息", en: "Your identity was opened" },
} as const satisfies Partial<Record<EventType, Text>>;
