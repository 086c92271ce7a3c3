import {
  type ClockRef,
  type ClockRole,
  type ClockRule,
  type ClockSignal,
  clockCode,
  clockCodes,
  DoorstepError,
  type PolicyPack,
  policyPack,
  type Track,
} from "@doorstep/contracts";
import type { Shortened } from "../rules/tightenings.ts";
import type { Rule } from "./due-on.ts";

/** A pack with everything it inherits, ready for use. */
export interface EffectivePack {
  readonly id: string;
  readonly version: string;
  /** `id@version`: what a case pins. */
  readonly key: string;
  readonly title: PolicyPack["title"];
  readonly validFrom: string;
  /** False as soon as one pack of the chain is not verified. */
  readonly verified: boolean;
  readonly maxHops: number;
  readonly extensionDays: number;
  readonly maxRepresentatives: number;
  readonly clocks: PolicyPack["clocks"];
  readonly roleMap: PolicyPack["roleMap"];
}

/** A rule with what a running clock must know of it. */
export interface ResolvedRule extends Rule {
  readonly direction: ClockRule["direction"];
  readonly own: ClockRule["own"];
  readonly extensionDays: number | null;
  readonly pauseAllowed: boolean;
  readonly signals: readonly ClockSignal[];
  readonly onBreach: ClockRule["onBreach"];
  readonly petitionerRight: boolean;
}

export const packKey = (pack: { readonly id: string; readonly version: string }): string =>
  `${pack.id}@${pack.version}`;

const byNumbers = new Intl.Collator("en", { numeric: true });

/** Orders pack versions: negative when `a` is older. */
export const compareVersions = (a: string, b: string): number => byNumbers.compare(a, b);

/** The newest version of a pack that new cases may be opened under on that day. */
export const packFor = (packs: readonly PolicyPack[], id: string, on: string): PolicyPack | undefined =>
  packs.filter((p) => p.id === id && p.validFrom <= on).toSorted((a, b) => compareVersions(b.version, a.version))[0];

/**
 * Joins a pack with what it inherits (`find` gives the parent by its `id@version`); what a pack states itself wins.
 *
 * @throws DoorstepError `pack.parentMissing`, `pack.invalid`.
 */
export function effectivePack(
  pack: PolicyPack,
  find: (key: string) => PolicyPack | undefined = () => undefined,
): EffectivePack {
  const chain = [pack];
  for (let child = pack; child.inherits !== undefined; ) {
    const parent = find(child.inherits);
    if (!parent || chain.some((p) => packKey(p) === packKey(parent)))
      throw new DoorstepError("pack.parentMissing", { pack: child.id, parent: child.inherits });
    chain.push(parent);
    child = parent;
  }
  const first = <K extends "maxHops" | "extensionDays" | "maxRepresentatives">(key: K): number => {
    const owner = chain.find((p) => p[key] !== undefined);
    const value = owner?.[key];
    if (value === undefined) throw new DoorstepError("pack.invalid", { pack: pack.id, problems: key });
    return value;
  };
  const joined: EffectivePack = {
    id: pack.id,
    version: pack.version,
    key: packKey(pack),
    title: pack.title,
    validFrom: pack.validFrom,
    verified: chain.every((p) => p.verified),
    maxHops: first("maxHops"),
    extensionDays: first("extensionDays"),
    maxRepresentatives: first("maxRepresentatives"),
    clocks: Object.assign({}, ...chain.map((p) => p.clocks).toReversed()),
    roleMap: Object.assign({}, ...chain.map((p) => p.roleMap).toReversed()),
  };
  const problems = packProblems(joined);
  if (problems.length > 0) throw new DoorstepError("pack.invalid", { pack: pack.id, problems: problems.join(", ") });
  return joined;
}

/** Reads contributed data as a pack. @throws DoorstepError `pack.invalid` */
export function readPack(data: unknown): PolicyPack {
  const parsed = policyPack.safeParse(data);
  if (parsed.success) return parsed.data;
  const id = (data as { id?: unknown } | null)?.id;
  const problems = parsed.error.issues.map((i) => i.path.join(".")).join(", ");
  throw new DoorstepError("pack.invalid", { pack: typeof id === "string" ? id : "?", problems });
}

/** Roles that point at a clock or part the pack does not hold. */
function packProblems(pack: EffectivePack): readonly string[] {
  return Object.entries(pack.roleMap).flatMap(([role, target]) =>
    (target !== null && typeof target === "object" ? Object.values(target) : [target])
      .filter((ref) => typeof ref === "string" && !lengthOf(pack, ref))
      .map((ref) => `${role} -> ${ref}`),
  );
}

/** The clock a role stands for on a track; `null` where the pack knows none. */
export function refFor(pack: EffectivePack, role: ClockRole, track: Track): ClockRef | null {
  const target = pack.roleMap[role];
  if (target === undefined || target === null || typeof target === "string") return target ?? null;
  const own = target[track];
  return own === undefined ? (target.default ?? null) : own;
}

function lengthOf(pack: EffectivePack, ref: ClockRef) {
  const [code, part] = ref.split(".");
  const known = clockCode.safeParse(code);
  const rule = known.success ? pack.clocks[known.data] : undefined;
  if (!rule) return undefined;
  if (part === undefined) return { rule, amount: rule.amount, unit: rule.unit, startedBy: rule.startedBy };
  const found = rule.parts?.[part];
  return found && { rule, amount: found.amount, unit: found.unit, startedBy: found.startedBy ?? rule.startedBy };
}

/**
 * The rule that holds for a role on a track, with a unit's shorter length where there is one.
 *
 * @param part a part of that clock; where the pack does not have it, the clock itself.
 * @returns `null` where the pack knows no such clock for the track.
 */
export function resolveRule(
  pack: EffectivePack,
  shortened: Shortened,
  role: ClockRole,
  track: Track,
  part?: string,
): ResolvedRule | null {
  const ref = refFor(pack, role, track);
  if (ref === null) return null;
  return (part === undefined ? null : ruleFor(pack, shortened, `${ref}.${part}`)) ?? ruleFor(pack, shortened, ref);
}

/**
 * The rule of a clock or part. A longer length, or one for a right of the petitioner, has no effect: a unit can be
 * stricter, never looser.
 *
 * @returns `null` where the pack does not know it.
 */
export function ruleFor(pack: EffectivePack, shortened: Shortened, ref: ClockRef): ResolvedRule | null {
  const found = lengthOf(pack, ref);
  if (!found) return null;
  const { rule } = found;
  const amount = found.amount ?? 0;
  const own = mayShorten(rule) ? shortened[ref] : undefined;
  const shorter = own !== undefined && own.amount < amount ? own : undefined;
  return {
    ref,
    pack: pack.key,
    amount: shorter?.amount ?? amount,
    unit: found.unit,
    ...(shorter && {
      packAmount: amount,
      tightenedBy: { unitId: shorter.unitId, unit: shorter.unit, validFrom: shorter.validFrom },
    }),
    source: rule.source,
    basis: rule.basis,
    standing: rule.standing,
    startedBy: found.startedBy,
    direction: rule.direction,
    own: rule.own,
    extensionDays: rule.extensionDays,
    pauseAllowed: rule.pauseAllowed,
    signals: rule.signals,
    onBreach: rule.onBreach,
    petitionerRight: rule.petitionerRight,
  };
}

/** Whether a unit may make this length shorter at all. */
export const mayShorten = (rule: Pick<ClockRule, "tighten" | "petitionerRight" | "amount" | "direction">): boolean =>
  rule.tighten === "atMost" && !rule.petitionerRight && rule.amount !== null && rule.direction === "after";

/** Every clock and part of a pack, in the order of the field. */
export const refsOf = (pack: EffectivePack): readonly ClockRef[] =>
  clockCodes.flatMap((code) => {
    const rule = pack.clocks[code];
    return rule ? [code, ...Object.keys(rule.parts ?? {}).map((part) => `${code}.${part}`)] : [];
  });
