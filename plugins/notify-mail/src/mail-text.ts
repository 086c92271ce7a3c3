import type { Locale } from "@doorstep/sdk";

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** The whole mail: that there is news, whether it can wait, and where to read it. Whoever else sees it learns nothing more. */
export function mailText(locale: Locale, link: string | null, urgent: boolean): Mail {
  if (locale === "en")
    return {
      subject: urgent ? "Urgent: sign in to Doorstep now" : "There is news in Doorstep",
      text: [
        urgent
          ? "Something urgent waits for you in Doorstep. Please sign in now and say that you have seen it."
          : "There is news for you in Doorstep. Please sign in to read it.",
        link ?? "Open Doorstep as you usually do.",
        "For your safety nothing about it stands in this e-mail. Please do not answer it.",
        "You can switch these e-mails off under Notifications.",
      ].join("\n\n"),
    };
  return {
    subject: urgent ? "【紧急】请立即登录连心桥" : "连心桥有新消息",
    text: [
      urgent ? "有紧急事项等您处置，请立即登录连心桥并确认收到。" : "您在连心桥有新消息，请登录查看。",
      link ?? "请按平时的方式打开连心桥。",
      "为保护您，邮件里不写任何具体内容。请不要回复本邮件。",
      "如不想再收到，可在“提醒”里关闭。",
    ].join("\n\n"),
  };
}
