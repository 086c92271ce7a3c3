import { DoorstepError, type LetterFacts, type LetterTemplate, type NoticeCode } from "@doorstep/contracts";
import { personOf } from "../cases/acted.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { coverFor } from "../redaction/circle.ts";
import { covered } from "../redaction/cover.ts";
import { commonFacts } from "./common-facts.ts";
import { issuedNotice } from "./notice-row.ts";
import { nextNumber } from "./number.ts";

/** The unit in whose name an act writes letters, with the numbers drawn for them. */
export interface Issuer {
  /** itself first, then its ancestors up to the root */
  readonly unit: readonly [UnitFacts, ...UnitFacts[]];
  readonly numbers: Partial<Readonly<Record<NoticeCode, string>>>;
}

/** Reads the issuing unit and draws one number a letter. @throws DoorstepError `unit.notFound` */
export async function issuerOf(k: Kernel, unitId: string, s: Scene, codes: readonly LetterTemplate[]): Promise<Issuer> {
  const [unit, ...above] = await unitAndAncestors(k.pool, unitId);
  if (!unit) throw new DoorstepError("unit.notFound");
  const numbers: Partial<Record<NoticeCode, string>> = {};
  const year = Number(s.today.slice(0, 4));
  for (const code of codes) numbers[code] = await nextNumber(k.pool, unit, year, code);
  return { unit: [unit, ...above], numbers };
}

/** The petitioner reads his own words whole; among offices what is covered stays covered. */
const readBy = <F>(
  on: { readonly k: Kernel; readonly case: Pick<LoadedCase, "id" | "organId" | "redactions"> },
  { posted }: { readonly posted: boolean },
  facts: F,
): F => (posted ? facts : covered(facts, coverFor(on.k, on.case)));

type OwnFacts<C extends LetterTemplate> = Omit<LetterFacts<C>, keyof ReturnType<typeof commonFacts>>;

/**
 * The row of a letter that an act issues at once. `posted`: the petitioner reads it from today on; otherwise it stays
 * among offices. What all letters say (number, unit, contact, case) is filled in.
 */
export const issued = <C extends LetterTemplate>(
  on: {
    readonly k: Kernel;
    readonly case: Pick<LoadedCase, "id" | "caseNo" | "title" | "organId" | "redactions">;
    readonly scene: Scene;
    readonly party: ActingParty;
    readonly issuer: Issuer;
  },
  code: C,
  facts: OwnFacts<C>,
  options: { readonly posted: boolean },
): object =>
  issuedNotice(
    { keys: on.k.keys, organId: on.case.organId },
    {
      id: on.k.newId(),
      caseId: on.case.id,
      code,
      at: on.scene.now.toISOString(),
      issuerUnitId: on.issuer.unit[0].id,
      draftedBy: personOf(on.party),
      facts: readBy(on, options, {
        ...commonFacts(on.k, code, on.case, on.issuer.unit, on.issuer.numbers[code] ?? null, on.scene.today),
        ...facts,
      } as unknown as LetterFacts<C>),
    },
    { posted: options.posted ? on.scene.today : null },
  );
