import { hash } from "node:crypto";

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
  /** who assists, while something is owed */
  readonly assistPaths?: readonly PathToRoot[];
  readonly respondentUnits: readonly string[];
  /** came in a flood: nobody of the desk sees it but by the keys of the quarantine */
  readonly quarantined: boolean;
}

/** Who sees a case: `depth` 0 is the unit itself, n its n-th ancestor. */
export interface AudienceKey {
  readonly key: string;
  readonly depth: number;
}

/** Rows of people (petitioner, delegates) stand at this depth; a change of holder never touches them. */
export const PERSON_DEPTH = -1;
/** Rows of somebody who was let in for some hours; an act never touches them, their end takes them away. */
export const ACCESS_DEPTH = -2;

/**
 * The one predicate's writing half. C3: the competent organ alone. Else every ancestor-or-self of the units concerned,
 * minus every unit inside a respondent unit's subtree [R22:30; SPEC §16(4)].
 */
export function audienceOf(facts: AudienceFacts): readonly AudienceKey[] {
  const keys = keysOf(facts);
  return facts.quarantined ? keys.map((a) => ({ ...a, key: quarantineKey(a.key) })) : keys;
}

/** Stands for a key while a case is in quarantine: no list, search, count or notification asks by it. */
export function quarantineKey(key: string): string {
  const h = hash("sha256", `quarantine\0${key}`, "hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

function keysOf(facts: AudienceFacts): readonly AudienceKey[] {
  if (facts.confidentiality === 3) return facts.organId === null ? [] : [{ key: facts.organId, depth: 0 }];
  const depths = new Map<string, number>();
  for (const path of [
    facts.holderPath,
    facts.intakePath,
    facts.handlingPath,
    facts.senderPath ?? null,
    ...(facts.assistPaths ?? []),
  ]) {
    for (const [depth, key] of (path ?? []).entries()) {
      const insideRespondent = path?.slice(depth).some((u) => facts.respondentUnits.includes(u));
      if (!insideRespondent) depths.set(key, Math.min(depth, depths.get(key) ?? depth));
    }
  }
  return [...depths].map(([key, depth]) => ({ key, depth }));
}
