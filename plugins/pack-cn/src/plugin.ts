import { definePlugin } from "@doorstep/sdk";

/** The numbers of Chinese petition rules, as versioned data. */
export const plugin = definePlugin({
  id: "pack-cn",
  title: { "zh-CN": "中国信访政策包", en: "Policy packs of China" },
  purpose: {
    "zh-CN": "提供《信访工作条例》规定的各项期限，每个数字都注明出处。",
    en: "Brings the periods of the Regulations on Petition Work, each number with its source.",
  },
  sdk: "^1.0.0",
  onByDefault: true,
});
