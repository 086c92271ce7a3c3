import type { Text } from "@doorstep/sdk";
import { marked } from "../mailbox/token.ts";

/** What somebody reads whose message was registered: in both languages, and nothing of what he wrote. */
export function answerText(unit: Text, caseNo: string | null, token: string | null) {
  const mark = token === null ? "" : `【${marked(token)}】`;
  const zh =
    caseNo === null
      ? `您的邮件已由${unit["zh-CN"]}收到并登记。`
      : `您的邮件已由${unit["zh-CN"]}收到并登记，编号 ${caseNo}。`;
  const en =
    caseNo === null
      ? `${unit.en} has received and registered your message.`
      : `${unit.en} has received and registered your message under No. ${caseNo}.`;
  const more =
    token === null
      ? []
      : [
          "如要补充，请用同一邮箱直接回复本邮件，不要改动标题方括号里的内容。",
          "To add something, answer this message from the same address and leave the mark in its subject as it is.",
        ];
  return {
    subject: `来信已登记 / Your message was registered ${mark}`.trim(),
    text: [zh, en, ...more].join("\n\n"),
  };
}
