import { letterDay, template } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";

/** The name of the template, as the server half knows it. */
export const NOTICE = "notice";

const data = z.object({
  subject: z.string(),
  hearingOn: z.iso.date(),
  startsAt: z.string(),
  place: z.string(),
  open: z.boolean(),
  chair: z.string(),
  members: z.array(z.string()),
  attendants: z.string(),
});

/** D15: what is heard, when and where, by whom, and what the petitioner may do [HEAR; SD15:39]. */
export const noticeLetter = template(plugin, {
  title: { "zh-CN": "听证通知书", en: "Notice of hearing" },
  data,
  render: ({ subject, hearingOn, startsAt, place, open, chair, members, attendants }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "听证事项", value: subject },
            { label: "时间", value: `${letterDay(hearingOn, "zh-CN")} ${startsAt}` },
            { label: "地点", value: place },
            { label: "方式", value: open ? "公开听证" : "不公开听证" },
            { label: "主持人", value: chair },
            ...(members.length > 0 ? [{ label: "听证员", value: members.join("、") }] : []),
            ...(attendants === "" ? [] : [{ label: "其他参加人", value: attendants }]),
          ],
        },
        { kind: "heading", text: "您的权利" },
        {
          kind: "paragraph",
          text: "您可以申请主持人或者听证员回避，可以带一至两名代理人，可以陈述、提交证据、提问和辩论，可以核对笔录并写明有出入的地方。有正当理由不能按时参加的，请提前告知我单位。",
        },
      ],
      closing: "听证组成员没有办理过这件事项。听证结论作为答复的依据之一。",
      plain: {
        decided: `您的事项${letterDay(hearingOn, "zh-CN")} ${startsAt}在${place}听证`,
        why: "事情重大、复杂或者疑难，当面听各方讲清楚",
        can: "参加听证，申请听证组成员回避，核对笔录并签字",
        until: `听证那天，${letterDay(hearingOn, "zh-CN")}`,
      },
    },
    en: {
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "Subject", value: subject },
            { label: "Time", value: `${letterDay(hearingOn, "en")} ${startsAt}` },
            { label: "Place", value: place },
            { label: "Held", value: open ? "in public" : "in private" },
            { label: "Chair", value: chair },
            ...(members.length > 0 ? [{ label: "Panel", value: members.join(", ") }] : []),
            ...(attendants === "" ? [] : [{ label: "Others who attend", value: attendants }]),
          ],
        },
        { kind: "heading", text: "Your rights" },
        {
          kind: "paragraph",
          text: "You may ask that the chair or a member leaves the panel, bring one or two delegates, speak, hand in evidence, ask and answer, and read the record and note what is not right in it. Where you cannot come for a good reason, tell our unit before.",
        },
      ],
      closing: "Nobody of the panel has handled this petition. Its conclusion is one of the grounds of the reply.",
      plain: {
        decided: `your petition is heard on ${letterDay(hearingOn, "en")} at ${startsAt}, ${place}`,
        why: "the matter is major, complex or hard, and everybody is to be heard in person",
        can: "come, ask that somebody leaves the panel, read the record and sign it",
        until: `the day of the hearing, ${letterDay(hearingOn, "en")}`,
      },
    },
  }),
});
