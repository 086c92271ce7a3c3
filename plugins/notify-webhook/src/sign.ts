import { createHmac } from "node:crypto";

/** Secrets that another tool has made are given in its own form. */
const ENCODED = "whsec_";

/**
 * The headers by which a receiver knows that it was us, and that nobody has kept the message to give it again later: those
 * of Standard Webhooks, for which there are libraries in every language.
 *
 * @param at - the instant of sending
 */
export function signedHeaders(secret: string, id: string, at: string, body: string): Readonly<Record<string, string>> {
  const key = secret.startsWith(ENCODED) ? Buffer.from(secret.slice(ENCODED.length), "base64") : Buffer.from(secret);
  const timestamp = String(Math.floor(Date.parse(at) / 1_000));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
