import { hash } from "node:crypto";
import type { LetterFacts, LetterTemplate } from "@doorstep/contracts";
import { canonical } from "../ledger/canonical.ts";
import type { Keys } from "../vault/keys.ts";
import { protectText, revealText } from "../vault/protected-text.ts";

/** What is sealed: template and facts. The PDF is made from nothing else, so this hash vouches for it. */
export const noticeHash = (code: LetterTemplate, facts: object): string =>
  hash("sha256", `doorstep.notice.1\n${code}\n${canonical(facts)}`, "hex");

/** What the ledger keeps of the letters that an act issues: their hashes, so that none can be put in another's place. */
export function lettersSealed(notices: readonly object[] | undefined): { readonly letters?: readonly object[] } {
  const letters = (notices ?? []).flatMap((n) => {
    const { id, code, hash: digest } = n as { readonly id: string; readonly code: string; readonly hash?: string };
    return digest ? [{ notice: id, code, hash: digest.slice(2) }] : [];
  });
  return letters.length > 0 ? { letters } : {};
}

/** Letters of a C3 case are kept encrypted like its text. */
export interface Shelter {
  readonly keys: Keys;
  readonly organId: string | null;
}

interface SealedFacts {
  readonly $sealed: string;
}
const isSealed = (facts: object): facts is SealedFacts => "$sealed" in facts;

export const protectFacts = (s: Shelter, noticeId: string, facts: object): object =>
  s.organId === null
    ? facts
    : { $sealed: protectText(s.keys, s.organId, `notices:${noticeId}`, JSON.stringify(facts)) };

export const revealFacts = (s: Shelter, noticeId: string, facts: object): object =>
  isSealed(facts) ? JSON.parse(revealText(s.keys, s.organId, `notices:${noticeId}`, facts.$sealed)) : facts;

export interface NoticeDraft<C extends LetterTemplate> {
  readonly id: string;
  readonly caseId: string;
  readonly code: C;
  readonly facts: LetterFacts<C>;
  readonly at: string;
  readonly issuerUnitId: string;
  readonly draftedBy: string | null;
}

const row = <C extends LetterTemplate>(s: Shelter, n: NoticeDraft<C>) => ({
  id: n.id,
  case_id: n.caseId,
  code: n.code,
  version: 1,
  facts: protectFacts(s, n.id, n.facts),
  issuer_unit_id: n.issuerUnitId,
  drafted_by: n.draftedBy,
  created_at: n.at,
  proof: "",
});

/** A notice that waits for another person's approval. */
export const submittedNotice = <C extends LetterTemplate>(s: Shelter, n: NoticeDraft<C>): object => ({
  ...row(s, n),
  state: "submitted",
  submitted_at: n.at,
});

/** A notice that an act issues at once. `posted`: it stands in the petitioner's case from that day [DC]. */
export const issuedNotice = <C extends LetterTemplate>(
  s: Shelter,
  n: NoticeDraft<C>,
  options: { readonly posted: string | null },
): object => ({
  ...row(s, n),
  state: options.posted === null ? "sealed" : "delivered",
  hash: `\\x${noticeHash(n.code, n.facts)}`,
  number: n.facts.number,
  approved_by: n.draftedBy,
  submitted_at: n.at,
  sealed_at: n.at,
  sent_at: options.posted === null ? null : n.at,
  delivered_on: options.posted,
  method: options.posted === null ? null : "portal",
});
