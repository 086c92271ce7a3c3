/** Lines of the log hold 120 characters; the README says what to do about each. */
const SENTENCES = {
  certificate: "outgoing mail: the server's certificate is not trusted or not for its name; see NODE_EXTRA_CA_CERTS",
  noTls: "outgoing mail: the server offers no STARTTLS; choose tls with its port, or have it offered",
  password: "outgoing mail: the server refuses the user name or the password in the settings",
  away: "outgoing mail: no server answers at the name and port in the settings",
  message: "outgoing mail: the server does not take the message",
} as const;

const ofCertificate = /certificate|altnames/i;

/** Why a mail was not sent, as an administrator can act on it; never a word of the mail or its addressee. */
export type WhyNotSent = keyof typeof SENTENCES;

export function whyNotSent(error: unknown): WhyNotSent {
  const { code, message = "" } = error as { readonly code?: string; readonly message?: string };
  if (code === "EAUTH") return "password";
  if (code === "ETLS") return "noTls";
  if (code === "ESOCKET" && ofCertificate.test(message)) return "certificate";
  return code === "ESOCKET" || code === "ECONNECTION" || code === "ETIMEDOUT" || code === "EDNS" ? "away" : "message";
}

export const sentenceOf = (why: WhyNotSent): string => SENTENCES[why];
