import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这份联名材料，可能已经删除或者到期。",
    en: "This joint petition was not found. It may have been deleted, or its days are over.",
  },
  code: {
    "zh-CN": "没有这个码。请核对后再输一次；如果已经递交，请到“查进度”用同一个码查看。",
    en: "There is nothing under this code. Compare it and type it again; once it is filed, the same code opens it under “Track”.",
  },
  filed: {
    "zh-CN": "这份材料已经递交，不能再签名或者撤下。请到“查进度”用自己的码查看。",
    en: "This has been filed: it can no longer be signed, and no name is taken off. Follow it under “Track” by your own code.",
  },
  closed: {
    "zh-CN": "签名已经截止。还想反映的话，请另写一份。",
    en: "The days for signing are over. Write down the matter anew if it still stands.",
  },
  twice: {
    "zh-CN": "您已经在这份材料上签过名，不用再签。",
    en: "You have signed this already. Once is enough.",
  },
  full: { "zh-CN": "签名人数已满。", en: "As many have signed as can. Ask whoever wrote it to file it." },
  speakers: {
    "zh-CN": "代表人数已满，请用普通签名码签名。",
    en: "There are as many representatives as there may be. Sign by the ordinary code.",
  },
  alone: {
    "zh-CN": "还没有人联名。一个人反映请直接填写信访事项。",
    en: "Nobody has signed yet. A matter of your own is filed as an ordinary petition.",
  },
  notAgreed: {
    "zh-CN": "还有代表没有同意递交，请等代表都同意后再递交。",
    en: "A representative has not agreed yet. File it when all have.",
  },
  notSpeaker: { "zh-CN": "只有代表才能同意递交。", en: "Only a representative agrees to the filing." },
  elsewhere: {
    "zh-CN": "这份材料是在另一个单位起草的，请先切换到那个单位。",
    en: "This was written at another unit. Change to that unit first.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
