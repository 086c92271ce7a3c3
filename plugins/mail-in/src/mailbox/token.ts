import { scryptSync, timingSafeEqual } from "node:crypto";

const TOKEN = /\bDS-([0-9a-f]{16})\b/gi;

/** The mark of an acknowledgement, from an id that nobody can guess. */
export const tokenFrom = (id: string): string => id.replaceAll("-", "").slice(-16);
export const marked = (token: string): string => `DS-${token}`;

/** The marks that stand in a subject or in the numbers of what is answered. */
export const tokensIn = (...texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => [...text.matchAll(TOKEN)].map(([, token = ""]) => token.toLowerCase()));

/** By which a sender is known again; it is slow, so that nobody tries out addresses. */
export const proofOf = (address: string, salt: string): string =>
  scryptSync(address.toLowerCase(), salt, 32).toString("hex");

export const isSender = (address: string, salt: string, proof: string): boolean =>
  timingSafeEqual(Buffer.from(proofOf(address, salt)), Buffer.from(proof));
