/** A unit seen from itself: the unit first, its ancestors after it, the root last. */
export type PathToRoot = readonly string[];

export interface AudienceFacts {
  readonly confidentiality: number;
  readonly organId: string | null;
  readonly holderPath: PathToRoot;
  /** only while the case has not left the office that took it in */
  readonly intakePath: PathToRoot | null;
  /** the unit whose reply is under review keeps seeing it */
  readonly handlingPath: PathToRoot | null;
  /** who sent it here: while an objection may still bring it back, and while a report is owed */
  readonly senderPath?: PathToRoot | null;
  readonly respondentUnits: readonly string[];
}

/** Who sees a case: `depth` 0 is the unit itself, n its n-th ancestor. */
export interface AudienceKey {
  readonly key: string;
  readonly depth: number;
}

/** Rows of people (petitioner, delegates) stand at this depth; a change of holder never touches them. */
export const PERSON_DEPTH = -1;

/**
 * The one predicate's writing half. C3: the competent organ alone. Else every ancestor-or-self of the units concerned,
 * minus every unit inside a respondent unit's subtree [R22:30; SPEC §16(4)].
 */
export function audienceOf(facts: AudienceFacts): readonly AudienceKey[] {
  if (facts.confidentiality === 3) return facts.organId === null ? [] : [{ key: facts.organId, depth: 0 }];
  const depths = new Map<string, number>();
  for (const path of [facts.holderPath, facts.intakePath, facts.handlingPath, facts.senderPath ?? null]) {
    for (const [depth, key] of (path ?? []).entries()) {
      const insideRespondent = path?.slice(depth).some((u) => facts.respondentUnits.includes(u));
      if (!insideRespondent) depths.set(key, Math.min(depth, depths.get(key) ?? depth));
    }
  }
  return [...depths].map(([key, depth]) => ({ key, depth }));
}
