import {
  DoorstepError,
  type LetterDoc,
  type LetterFacts,
  type LetterTemplate,
  type Locale,
  letterTemplates,
} from "@doorstep/contracts";
import { faceNamed } from "../fonts/keep-font.ts";
import type { Kernel } from "../kernel.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { type Face, missingGlyphs, withCharactersNamed } from "../letters/letter-fonts.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { signatureNamed } from "../signatures/own-signature.ts";
import { revealFacts } from "./notice-row.ts";

export const isTemplate = (code: string): code is LetterTemplate =>
  (letterTemplates as readonly string[]).includes(code);

export function factsOf(k: Pick<Kernel, "keys">, loaded: Loaded, notice: NoticeRow) {
  const { $previous, ...facts } = revealFacts(
    { keys: k.keys, organId: loaded.case.organId },
    notice.id,
    notice.facts,
  ) as Record<string, unknown>;
  return { facts, previous: ($previous ?? null) as Record<string, unknown> | null };
}

/** A letter as it is drawn: from the sealed facts and nothing else, with the instant of sealing as its date. */
export interface LetterParts {
  readonly code: LetterTemplate;
  readonly doc: LetterDoc;
  readonly own: Face | null;
  readonly signature: Uint8Array | null;
  readonly dated: string;
  /** of template and facts, as the ledger holds it; `null` for a draft */
  readonly hash: string | null;
}

/** What is drawn from facts, of whichever letter they are. */
export async function partsOf(
  k: Kernel,
  { code, facts, dated, hash }: Pick<LetterParts, "code" | "dated" | "hash"> & { readonly facts: object },
  locale: Locale,
): Promise<LetterParts> {
  const { font, signer } = facts as Partial<Pick<LetterFacts<"D14">, "font" | "signer">>;
  const own = await faceNamed(k, font);
  const doc = composeLetter(code, facts as never, locale);
  return {
    code,
    doc: withCharactersNamed(doc, missingGlyphs(doc, own)),
    own,
    signature: (await signatureNamed(k, signer?.picture)) ?? null,
    dated,
    hash,
  };
}

/** @throws DoorstepError `notice.notFound` */
export async function letterParts(k: Kernel, loaded: Loaded, noticeId: string, locale: Locale): Promise<LetterParts> {
  const notice = loaded.noticeRows.find((n) => n.id === noticeId);
  if (!notice || !isTemplate(notice.code)) throw new DoorstepError("notice.notFound");
  const { facts } = factsOf(k, loaded, notice);
  const dated = typeof notice.sealed_at === "string" ? notice.sealed_at : String(notice.created_at);
  const hash = typeof notice.hash === "string" ? notice.hash.slice(2) : null;
  return await partsOf(k, { code: notice.code, facts, dated, hash }, locale);
}
