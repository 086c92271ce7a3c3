import type { TextSubject, UnitTexts } from "@doorstep/contracts";

/** One approved version of a unit's words. */
export interface StoredText {
  readonly subject: TextSubject;
  readonly version: number;
  readonly validFrom: string;
  readonly texts: UnitTexts;
}

/** SQL: the approved versions of a unit `u`, as json. */
export const approvedTexts = (unit: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('subject', t.subject, 'version', t.version, 'validFrom', t.valid_from,
     'texts', t.texts)), '[]') from kernel.unit_texts t where t.unit_id = ${unit} and t.state = 'approved')`;

/** What the nearest unit says that says anything by that day: its newest version in force. */
export function textInForce<U extends { readonly texts: readonly StoredText[] }>(
  lineage: readonly U[],
  subject: TextSubject,
  on: string,
): (StoredText & { readonly of: U }) | null {
  for (const unit of lineage) {
    const [newest] = unit.texts
      .filter((t) => t.subject === subject && t.validFrom <= on)
      .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version);
    if (newest) return { ...newest, of: unit };
  }
  return null;
}
