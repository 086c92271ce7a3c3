import type { Locale } from "@doorstep/sdk";

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** The whole mail: that there is news and where to read it. Whoever else sees it learns nothing more. */
export function mailText(locale: Locale, link: string | null): Mail {
  if (locale === "en")
    return {
      subject: "There is news in Doorstep",
      text: [
        "There is news for you in Doorstep. Please sign in to read it.",
        link ?? "Open Doorstep as you usually do.",
        "For your safety nothing about it stands in this e-mail. Please do not answer it.",
        "You can switch these e-mails off under Notifications.",
      ].join("\n\n"),
    };
  return {
    subject: "连心桥有新消息",
    text: [
      "您在连心桥有新消息，请登录查看。",
      link ?? "请按平时的方式打开连心桥。",
      "为保护您，邮件里不写任何具体内容。请不要回复本邮件。",
      "如不想再收到，可在“提醒”里关闭。",
    ].join("\n\n"),
  };
}
