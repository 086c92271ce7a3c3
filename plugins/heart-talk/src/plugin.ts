import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const days = (most: number, value: number, zh: string, en: string) =>
  z.number().int().min(1).max(most).default(value).meta({ title: zh, "x-labels": { en }, cascade: "atMost" });

/** Heart-to-heart talks. It asks for nothing that leads to petitions: what is told there is not known here. */
export const plugin = definePlugin({
  id: "heart-talk",
  title: { "zh-CN": "谈心", en: "Heart-to-heart talks" },
  purpose: {
    "zh-CN": "谈心骨干和官兵约谈、共同确认不超过五行的记录、跟踪答应的事；不评分、不贴标签，看不到信访事项。",
    en: "Talk officers and soldiers arrange talks, agree on a note of five lines at most, and follow up promises; no scores, no labels, and no sight of petitions.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "people.names", "tasks"],
  permissions: {
    talk: { title: { "zh-CN": "开展谈心", en: "Hold talks" }, grants: ["talkOfficer"] },
  },
  settings: z.object({
    nearDays: days(90, 30, "直接带兵的谈心间隔（天）", "Days between talks with one's own soldiers"),
    furtherDays: days(365, 90, "其他谈心对象的间隔（天）", "Days between talks with others"),
    arrivalDays: days(30, 7, "新到人员几天内谈一次", "Days within which a new arrival is talked with"),
    eventDays: days(14, 3, "遇到事情或本人提出后几天内谈", "Days within which a talk follows an event or a wish"),
    samplePercent: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(10)
      .meta({
        title: "每半年抽谈多少（百分之几）",
        "x-labels": { en: "People drawn for a talk each half-year, in a hundred" },
        cascade: "atLeast",
      }),
    keepMonths: days(24, 12, "谈心记录保存几个月", "Months for which talks are kept"),
  }),
  news: {
    offered: {
      "zh-CN": "有人约你谈心，请到“谈心”里看看时间。",
      en: "Somebody offers you a talk. See the time under Talks.",
    },
    asked: {
      "zh-CN": "有一位同志想和你谈心，请在{{on}}前约好。",
      en: "Somebody would like to talk with you. Arrange it by {{on}}.",
    },
    answered: { "zh-CN": "你约的谈心有了回复。", en: "A talk you offered was answered." },
    note: { "zh-CN": "有一份谈心记录等你确认。", en: "A note of a talk waits for your agreement." },
    done: {
      "zh-CN": "谈心时答应的一件事办好了，请你确认。",
      en: "A promise from a talk was kept. Say whether it was.",
    },
    notKept: {
      "zh-CN": "谈心时答应的一件事，对方说还没有办好。",
      en: "A promise from a talk was not kept, says the other.",
    },
    due: { "zh-CN": "有{{count}}名同志到了谈心的时候。", en: "{{count}} people are due for a talk." },
    arrived: {
      "zh-CN": "本单位新到{{count}}名同志，请在“谈心”里约第一次谈心。",
      en: "{{count}} people are new at the unit. Offer each a first talk under Talks.",
    },
    late: { "zh-CN": "有{{count}}次约谈过了期限还没有谈。", en: "{{count}} talks are past their day." },
  },
  onByDefault: false,
  retention: "none",
});
