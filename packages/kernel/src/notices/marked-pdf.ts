import type { Locale } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { sealKeyOf } from "../ledger/seal-keys.ts";
import { marked } from "../letters/letter-mark.ts";
import { renderLetter } from "../letters/render-letter.ts";
import type { LetterParts } from "./letter-parts.ts";

/** A letter's file, base64; once it is sealed it bears the mark that vouches for every byte. */
export async function markedPdf(k: Kernel, parts: LetterParts, letterId: string, locale: Locale): Promise<string> {
  const { doc, own, signature, dated, hash } = parts;
  const plain = await renderLetter(doc, { own, signature, now: new Date(dated) });
  const letter = { noticeId: letterId, noticeHash: hash ?? "", locale };
  return Buffer.from(hash === null ? plain : marked(plain, letter, sealKeyOf(k.keys.ledgerSeed))).toString("base64");
}
