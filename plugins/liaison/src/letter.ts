import { letterDay, template } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";

const data = z.object({
  office: z.string(),
  facts: z.string(),
  request: z.string(),
  wishedOn: z.iso.date().nullable(),
  agreedOn: z.iso.date(),
});

/** D10, the liaison letter: who is asked, what for, that the petitioner agreed, and by when an answer is wished. */
export const liaisonLetter = template(plugin, {
  title: { "zh-CN": "军地协调函", en: "Liaison letter" },
  data,
  render: ({ office, facts, request, wishedOn, agreedOn }) => ({
    "zh-CN": {
      addressee: office,
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "本人同意", value: `本人已于${letterDay(agreedOn, "zh-CN")}同意我单位为此事与贵单位联系。` },
            ...(wishedOn === null ? [] : [{ label: "希望答复的日期", value: letterDay(wishedOn, "zh-CN") }]),
          ],
        },
        { kind: "heading", text: "有关情况" },
        { kind: "paragraph", text: facts },
        { kind: "heading", text: "请予协助" },
        { kind: "paragraph", text: request },
      ],
      closing: "请按函末联系方式答复我单位，谢谢支持。",
      plain: {
        decided: `单位已为您的事给${office}写信，请他们帮助`,
        why: "这件事由地方办理，单位帮您联系",
        can: "在事项里看单位每周告诉您的进展，有情况随时说明",
        until: wishedOn === null ? "收到答复就告诉您" : letterDay(wishedOn, "zh-CN"),
      },
    },
    en: {
      addressee: office,
      blocks: [
        {
          kind: "fields",
          rows: [
            {
              label: "Consent",
              value: `On ${letterDay(agreedOn, "en")} the person concerned agreed that we write to you about this.`,
            },
            ...(wishedOn === null ? [] : [{ label: "Answer wished by", value: letterDay(wishedOn, "en") }]),
          ],
        },
        { kind: "heading", text: "The facts" },
        { kind: "paragraph", text: facts },
        { kind: "heading", text: "What we ask for" },
        { kind: "paragraph", text: request },
      ],
      closing: "Please answer our unit at the address below. Thank you for your help.",
      plain: {
        decided: `your unit has written to ${office} and asked for help`,
        why: "local offices decide this, and your unit helps you to reach them",
        can: "read in your petition what your unit tells you each week, and write to it at any time",
        until: wishedOn === null ? "you hear as soon as there is an answer" : letterDay(wishedOn, "en"),
      },
    },
  }),
});
