import type { EventType, Text } from "@doorstep/contracts";

/** What the petitioner reads in his history: plain words for the events that concern him. */
export const publicEvents = {
  "case.received": { "zh-CN": "已收到您反映的问题", en: "We received your petition" },
  "case.registered": { "zh-CN": "已登记您的诉求", en: "Your demands were registered" },
  "case.routed": { "zh-CN": "已转到有权处理的单位", en: "It was passed to the unit in charge" },
  "case.returned": { "zh-CN": "已退回转出单位重新确定办理单位", en: "It went back, to be passed to the right unit" },
  "case.accepted": { "zh-CN": "已受理", en: "It was accepted" },
  "case.handlingStarted": { "zh-CN": "已确定承办人，开始办理", en: "Somebody is working on it" },
  "case.organChanged": {
    "zh-CN": "已转由另一纪检机构办理",
    en: "Another discipline organ handles it now",
  },
  "case.extended": { "zh-CN": "办理期限已延长，理由见告知书", en: "More time was granted; the letter says why" },
  "case.replied": { "zh-CN": "已答复", en: "You were answered" },
  "case.reviewRequested": { "zh-CN": "您申请了复查", en: "You asked for a review" },
  "case.reviewTakenUp": { "zh-CN": "上一级已受理您的申请", en: "The unit above took your request up" },
  "case.rereviewRequested": { "zh-CN": "您申请了复核", en: "You asked for a re-review" },
  "case.reviewDecided": { "zh-CN": "已作出复查决定", en: "The review was decided" },
  "case.redo": { "zh-CN": "复查撤销了原答复，将重新办理", en: "The reply was quashed; it is being decided again" },
  "case.diverted": {
    "zh-CN": "已移交有权处理的机关，告知书写明去处",
    en: "It was handed to the body in charge; the letter says where",
  },
  "case.guided": {
    "zh-CN": "不属于信访办理范围，告知书写明该找谁",
    en: "It is not for this office; the letter says where to go",
  },
  "case.merged": { "zh-CN": "已并入正在办理的同一事项", en: "It was joined to the same matter, already being handled" },
  "case.notReaccepted": { "zh-CN": "不再受理，理由见告知书", en: "It is no longer accepted; the letter says why" },
  "case.contested": { "zh-CN": "您对不予受理提出异议", en: "You contested the refusal" },
  "case.contestRejected": { "zh-CN": "上一级维持了原告知", en: "The level above upheld the refusal" },
  "case.reopened": { "zh-CN": "已重新启动办理", en: "It was taken up again" },
  "case.split": { "zh-CN": "部分诉求已另立一件办理", en: "Some demands are now handled as a case of their own" },
  "case.splitOff": { "zh-CN": "由原信访事项分出", en: "Taken out of your first petition" },
  "case.final": { "zh-CN": "已办结", en: "It is concluded" },
  "case.archived": { "zh-CN": "已归档", en: "It was filed away" },
  "case.imported": { "zh-CN": "由旧台账转入", en: "Taken over from an old register" },
  "rating.given": { "zh-CN": "您作出了评价", en: "You rated the reply" },
  "access.identityOpened": { "zh-CN": "有人查看了您的身份信息", en: "Your identity was opened" },
} as const satisfies Partial<Record<EventType, Text>>;
