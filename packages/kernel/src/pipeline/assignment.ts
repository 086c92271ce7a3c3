/**
 * Who assigned the petition `c` and waits for its report, where somebody does: that a dispute over it was decided, or that a unit
 * took another one's place, ends no assignment [R22:22(3),24].
 */
export const ASSIGNED_BY = `(select kernel.heir(l.from_unit_id) from kernel.legs l where l.case_id = c.id and l.kind = 'assign'
    and not exists (select from kernel.legs later where later.case_id = c.id and later.no > l.no and later.kind not in ('designate', 'succeed'))
  order by l.no desc limit 1)`;

/** The same among legs that were read, in their order. */
export function assignmentAmong<L extends { readonly kind: string }>(legs: readonly L[]): L | undefined {
  const sent = legs.findLast((leg) => leg.kind !== "designate" && leg.kind !== "succeed");
  return sent?.kind === "assign" ? sent : undefined;
}
