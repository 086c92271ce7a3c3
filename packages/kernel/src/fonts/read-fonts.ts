/** What a unit sets its letters in from a day on; `null`: as the unit above. */
export interface ChosenFont {
  readonly font: string | null;
  readonly from: string;
}

/** SQL: the choices of a unit, newest first, as json. The bytes stay where they are. */
export const chosenFonts = (unit: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('font', f.font, 'from', f.valid_from) order by f.chosen_at desc, f.id desc), '[]')
     from kernel.unit_fonts f where f.unit_id = ${unit})`;

/** The face of the nearest unit that has one on that day. */
export function fontInForce<U extends { readonly fonts: readonly ChosenFont[] }>(
  lineage: readonly U[],
  on: string,
): { readonly font: string; readonly from: string; readonly of: U } | null {
  for (const unit of lineage) {
    const chosen = unit.fonts.find((f) => f.from <= on);
    if (chosen?.font) return { font: chosen.font, from: chosen.from, of: unit };
  }
  return null;
}
