import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const address = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[^/?#@\s]+\/[^?#@\s]*$/);

/** Tells other systems what happens to petitions, and never what they are about. */
export const plugin = definePlugin({
  id: "notify-webhook",
  title: { "zh-CN": "系统对接推送", en: "Signed webhooks" },
  purpose: {
    "zh-CN": "把信访事项的进展推送给本单位登记的其他系统，带签名，只有编号和代码，不含任何内容和姓名。",
    en: "Tells other systems that a unit lists what happens to its petitions: signed, ids and codes only, no word and no name.",
  },
  sdk: "^1.0.0",
  capabilities: ["db"],
  http: { addresses: "addresses", inside: "inside" },
  permissions: {
    manage: {
      title: { "zh-CN": "查看和重发推送", en: "See deliveries and give them again" },
      grants: ["unitAdmin", "platformAdmin"],
    },
  },
  settings: z.object({
    addresses: z
      .array(address)
      .max(5)
      .default([])
      .meta({
        title: "接收地址",
        "x-labels": {
          en: "Receivers",
          hint: {
            "zh-CN": "每行一个，例如 https://oa.example.org/doorstep。不设就不推送。",
            en: "One a line, such as https://oa.example.org/doorstep. Nothing is sent where there is none.",
          },
        },
      }),
    secret: z
      .string()
      .max(200)
      .default("")
      .meta({ title: "签名密钥", "x-labels": { en: "Secret to sign with" }, secret: true }),
    inside: z
      .array(address)
      .max(50)
      .default([])
      .meta({
        title: "允许的内网地址",
        "x-labels": {
          en: "Addresses inside your network that units may use",
          hint: {
            "zh-CN": "每行一个；以“/”结尾的包括其下所有地址。只有最高一级单位设的才算数。",
            en: "One a line; one that ends with “/” includes everything below it. Only what the topmost unit sets counts.",
          },
        },
      }),
  }),
});
