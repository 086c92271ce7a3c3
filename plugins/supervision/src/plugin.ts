import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";
import { ANSWER_DAYS } from "./ladder.ts";

/** What calls for supervision, what was asked of the unit, and what it answered. */
export const plugin = definePlugin({
  id: "supervision",
  title: { "zh-CN": "督查督办", en: "Supervision" },
  purpose: {
    "zh-CN": "汇总需要督办的信访事项，逐级督办，限期答复，由上级认可后销号；不代替法定期限的自动催办。",
    en: "Gathers petitions that call for supervision, goes up the ladder step by step with a period for each answer, and ends it when the unit above accepts; the urging of statutory periods goes on without it.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "cases.read", "units.read", "people.names", "tasks", "notices", "letters", "organs"],
  settings: z.object({
    keepYears: z
      .number()
      .int()
      .min(10)
      .max(100)
      .default(10)
      .meta({
        title: "不属于信访事项的督办、建议和督查保存几年",
        "x-labels": { en: "Years for which supervision, recommendations and inspections of no petition are kept" },
        cascade: "atLeast",
      }),
    samplePercent: z
      .int()
      .min(1)
      .max(100)
      .default(5)
      .meta({
        title: "每月抽查上月办结事项的比例（百分之几）",
        "x-labels": { en: "Petitions concluded in a month that are drawn and checked, in a hundred" },
        cascade: "atLeast",
      }),
  }),
  permissions: {
    supervise: { title: { "zh-CN": "开展督办", en: "Supervise" }, grants: ["supervisor"] },
    answer: { title: { "zh-CN": "答复督办", en: "Answer supervision" }, grants: ["officer", "signer"] },
    accountable: {
      title: { "zh-CN": "追责与澄清（纪检部门）", en: "Accountability and clearing of names (discipline organ)" },
      grants: ["discipline"],
    },
    look: {
      title: { "zh-CN": "查看事项的督办情况", en: "See the supervision of a petition" },
      grants: ["supervisor", "officer", "signer", "handler", "chargeLeader"],
    },
  },
  clocks: {
    reply: {
      title: { "zh-CN": "督办答复", en: "Answer to supervision" },
      why: {
        "zh-CN": "被督办单位应当在期限内书面答复。",
        en: "The unit that is supervised answers in writing within this time.",
      },
      amount: ANSWER_DAYS,
      unit: "day",
      atEnd: {
        to: ["supervisor"],
        words: { "zh-CN": "督办到期，还没有答复。", en: "The time for an answer to supervision is over." },
      },
    },
  },
  news: {
    raised: { "zh-CN": "有一件信访事项需要督办。", en: "A petition calls for supervision." },
    asked: {
      "zh-CN": "有一件信访事项被督办，请在{{on}}前书面答复。",
      en: "A petition is supervised. Answer in writing by {{on}}.",
    },
    answered: { "zh-CN": "督办有了答复，请审看。", en: "Supervision was answered. See whether it will do." },
    sentBack: {
      "zh-CN": "督办答复没有通过，请看上级的意见。",
      en: "An answer to supervision will not do. See what the unit above says.",
    },
    second: {
      "zh-CN": "下级单位逾期没有答复督办，已再次督办，请上级领导过问。",
      en: "A unit below has not answered in time and was urged again. Its superior is asked to step in.",
    },
    recommended: {
      "zh-CN": "收到一条信访工作建议，请在{{on}}前书面答复是否采纳。",
      en: "A recommendation has come in. Answer in writing by {{on}} whether it is adopted.",
    },
    recommendLate: {
      "zh-CN": "下级单位超过三十日没有答复一条信访工作建议，请过问。",
      en: "A unit below has not answered a recommendation within thirty days. Please step in.",
    },
    recommendAnswered: { "zh-CN": "一条信访工作建议有了答复。", en: "A recommendation was answered." },
    silent: {
      "zh-CN": "本单位的一个信访渠道没有来件，上级要求说明，请在{{on}}前书面答复。",
      en: "A way in of this unit went quiet. The unit above asks why: answer in writing by {{on}}.",
    },
    circular: { "zh-CN": "收到一份通报，请阅读并确认。", en: "A circular has come in. Read it and confirm." },
    toSign: {
      "zh-CN": "有一份挂牌督办通知待签发，请在该信访事项里审签。",
      en: "A notice of listed supervision waits to be signed, at its petition.",
    },
    letterToSign: {
      "zh-CN": "有一份发往其他单位的公函待签发，请到“单位来往公函”里审签。",
      en: "A letter to another unit waits to be signed: see the letters between units.",
    },
    closed: { "zh-CN": "一件督办已销号。", en: "A supervision has ended." },
  },
});
