import type { TransportMessage, TransportResult } from "@doorstep/sdk/server";
import { createTransport } from "nodemailer";
import { mailText } from "./mail-text.ts";
import type { Settings } from "./plugin.ts";

const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;

/** The mail server's refusal for good: no such mailbox, no such sender, not allowed. */
const isFinal = (error: unknown): error is { readonly responseCode: number } => {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  // a wrong password is the house's own mistake: it is mended and everything goes out
  return typeof responseCode === "number" && responseCode >= 500 && responseCode < 600 && code !== "EAUTH";
};

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? "failed");

/** An error as the host may keep and log it: the server's sentence often holds the address. */
export class MailFailed extends Error {
  override readonly name = "MailFailed";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Sends one mail.
 *
 * @throws MailFailed where it may work later: server away, busy, full, or a wrong password.
 */
export async function sendMail(
  settings: Settings,
  message: TransportMessage,
  messageId: string,
): Promise<TransportResult> {
  const { server, port, security, user, password, from } = settings;
  const mailer = createTransport({
    host: server,
    port,
    secure: security === "tls",
    requireTLS: security === "startTls",
    ignoreTLS: security === "none",
    ...(user && { auth: { user, pass: password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { subject, text } = mailText(message.locale, message.link, message.urgent);
    await mailer.sendMail({
      from: { name: message.locale === "en" ? "Doorstep" : "连心桥", address: from },
      to: { name: "", address: message.address },
      subject,
      text,
      messageId: `<${messageId}@${from.slice(from.indexOf("@") + 1)}>`,
      // no machine answers it with a note of absence
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
    return { state: "sent" };
  } catch (error) {
    if (isFinal(error)) return { state: "refused", code: `smtp.${error.responseCode}` };
    throw new MailFailed(codeOf(error));
  } finally {
    mailer.close();
  }
}
