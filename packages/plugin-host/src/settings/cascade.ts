import { isDeepStrictEqual } from "node:util";

/** How units below may differ from what a superior has set; stands in the setting's schema as `cascade`. */
export const cascades = ["override", "atMost", "atLeast", "subset"] as const;
export type Cascade = (typeof cascades)[number];

/** What a unit on the way from the root has set for a key. */
export interface OwnValue {
  readonly unitId: string;
  readonly value: unknown;
  readonly locked: boolean;
}

export interface ResolvedValue {
  readonly value: unknown;
  /** `null`: the default */
  readonly from: string | null;
  readonly lockedBy: string | null;
}

/** Whether a unit below may have `value` where its superior has set `bound`. */
export function isWithin(cascade: Cascade, value: unknown, bound: unknown): boolean {
  if (cascade === "override") return true;
  if (cascade === "subset")
    return (
      Array.isArray(value) &&
      Array.isArray(bound) &&
      value.every((one) => bound.some((other) => isDeepStrictEqual(one, other)))
    );
  if (typeof value !== "number" || typeof bound !== "number") return isDeepStrictEqual(value, bound);
  return cascade === "atMost" ? value <= bound : value >= bound;
}

/**
 * The value of one key: the topmost locked one; else the nearest, unless a superior has set a bound that it passes. A
 * value that is not valid any more counts as not set.
 *
 * @param own - from the root down to the unit, where something is set.
 */
export function resolveKey(
  cascade: Cascade,
  fallback: unknown,
  own: readonly OwnValue[],
  isValid: (value: unknown) => boolean,
): ResolvedValue {
  let current: ResolvedValue = { value: fallback, from: null, lockedBy: null };
  for (const one of own) {
    if (current.lockedBy !== null) break;
    if (!isValid(one.value)) continue;
    if (current.from !== null && !isWithin(cascade, one.value, current.value)) continue;
    current = { value: one.value, from: one.unitId, lockedBy: one.locked ? one.unitId : null };
  }
  return current;
}
