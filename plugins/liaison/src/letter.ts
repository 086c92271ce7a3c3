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
        decided: "我单位代本人请贵单位协助办理上述事项",
        why: "这件事由地方办理，本人已同意我单位代为联系",
        can: "按文末的联系方式答复我单位，或者告诉我们应当找哪个部门",
        until: wishedOn === null ? "没有规定期限，望尽早答复" : `望在${letterDay(wishedOn, "zh-CN")}前答复`,
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
        decided: "we ask your office, for the person concerned, to help in this matter",
        why: "local offices decide this, and the person concerned agreed that we write to you",
        can: "answer our unit at the address below, or tell us which office we should ask",
        until:
          wishedOn === null ? "no day is set; an early answer helps" : `please answer by ${letterDay(wishedOn, "en")}`,
      },
    },
  }),
});
