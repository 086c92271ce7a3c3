import { letterDay, template } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "../plugin.ts";

/** The name of the template, as the server half knows it. */
export const LISTING = "listing";

const data = z.object({
  unit: z.string(),
  unitEn: z.string(),
  problem: z.string(),
  leader: z.string(),
  dueOn: z.iso.date(),
});

/** D29: what is wrong, which leader answers for it, by which day, and that it ends with a check [SPEC 15; R22:39]. */
export const listingLetter = template(plugin, {
  title: { "zh-CN": "挂牌督办（整改）通知书", en: "Notice of listed supervision (rectification)" },
  data,
  render: ({ unit, unitEn, problem, leader, dueOn }) => ({
    "zh-CN": {
      addressee: unit,
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "被督办单位", value: unit },
            { label: "责任领导", value: leader },
            { label: "办结期限", value: letterDay(dueOn, "zh-CN") },
          ],
        },
        { kind: "heading", text: "存在的问题和整改要求" },
        { kind: "paragraph", text: problem },
        { kind: "heading", text: "验收销号" },
        {
          kind: "paragraph",
          text: "整改完成后，由我单位派人现场验收，听取信访人意见。验收合格的，予以销号；不合格的，继续整改。逾期没有办结的，按照有关规定提出追究责任的建议。",
        },
      ],
      closing: "请按期完成整改并书面报告结果。",
      plain: {
        decided: `这件事项由我单位挂牌督办，${unit}限期整改`,
        why: "经过多次督办，问题还没有解决",
        can: "在事项里查看进展，有情况随时向我单位说明",
        until: `最迟${letterDay(dueOn, "zh-CN")}办结`,
      },
    },
    en: {
      addressee: unitEn,
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "Unit", value: unitEn },
            { label: "Leader responsible", value: leader },
            { label: "To be settled by", value: letterDay(dueOn, "en") },
          ],
        },
        { kind: "heading", text: "What is wrong, and what is to be done" },
        { kind: "paragraph", text: problem },
        { kind: "heading", text: "Acceptance" },
        {
          kind: "paragraph",
          text: "When it is done, our unit checks on the spot and hears the petitioner. What passes is taken off the list; what does not is put right further. Where it is not settled in time, accountability is recommended by the rules.",
        },
      ],
      closing: "Put it right in time and report the result in writing.",
      plain: {
        decided: `our unit supervises this petition as listed, and ${unitEn} has to put it right`,
        why: "it was urged several times, and the problem is still there",
        can: "see in your petition how it goes on, and tell our unit at any time",
        until: `settled on ${letterDay(dueOn, "en")} at the latest`,
      },
    },
  }),
});
