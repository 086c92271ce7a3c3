import {
  type ClockCode,
  clockNames,
  type PackSummary,
  type PolicyPack,
  type PolicyRow,
  type PolicyTable,
  type Text,
} from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { holdsAt } from "../actor-scope.ts";
import { type EffectivePack, mayShorten, packKey, refsOf, ruleFor } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import type { Reader } from "../units/unit-path.ts";
import type { Shortened } from "./tightenings.ts";
import type { UnitInView } from "./unit-in-view.ts";

export const packSummaryOf = (p: PolicyPack): PackSummary => ({
  id: p.id,
  version: p.version,
  title: p.title,
  verified: p.verified,
  validFrom: p.validFrom,
  note: p.note ?? null,
});

export function installedPack(k: Pick<Kernel, "rules">, key: string): PolicyPack | undefined {
  return k.rules.packs().find((p) => packKey(p) === key);
}

/** What the unit itself has saved last, in force or not. */
export interface OwnSave {
  readonly version: number;
  readonly validFrom: string | null;
  readonly numbers: Readonly<Record<string, number>>;
}

export async function ownSave(reader: Reader, unitId: string): Promise<OwnSave> {
  const { rows } = await reader.query<OwnSave>(
    `select version, valid_from as "validFrom", numbers from kernel.tightenings where unit_id = $1
      order by version desc limit 1`,
    [unitId],
  );
  return rows[0] ?? { version: 0, validFrom: null, numbers: {} };
}

/** `办理期限`, or with the part: `打击报复报告处置期限（findings）`. */
export function nameOfRef(ref: string): Text {
  const [code, part] = ref.split(".");
  const name = clockNames[code as ClockCode];
  return part === undefined ? name : { "zh-CN": `${name["zh-CN"]}（${part}）`, en: `${name.en} (${part})` };
}

/** The most a unit may enter: what holds for it without its own numbers. */
export function limitOf(pack: EffectivePack, above: Shortened, ref: string): number | null {
  const rule = pack.clocks[ref.split(".")[0] as ClockCode];
  const resolved = ruleFor(pack, above, ref);
  return rule && resolved && mayShorten(rule) ? resolved.amount : null;
}

function rowOf(pack: EffectivePack, ref: string, above: Shortened, all: Shortened, own: OwnSave): PolicyRow[] {
  const holds = ruleFor(pack, all, ref);
  if (!holds) return [];
  const upper = above[ref];
  const inherited = upper && upper.amount < (holds.packAmount ?? holds.amount) ? upper : null;
  return [
    {
      ref,
      name: nameOfRef(ref),
      amount: holds.own === "date" ? null : holds.amount,
      unit: holds.unit,
      packAmount: holds.packAmount ?? null,
      startedBy: holds.startedBy,
      basis: holds.basis,
      standing: holds.standing,
      extensionDays: holds.extensionDays,
      pauseAllowed: holds.pauseAllowed,
      direction: holds.direction,
      own: holds.own,
      petitionerRight: holds.petitionerRight,
      signals: [...holds.signals],
      onBreach: holds.onBreach,
      max: limitOf(pack, above, ref),
      inherited: inherited && { unit: inherited.unit, amount: inherited.amount, validFrom: inherited.validFrom },
      ownAmount: own.numbers[ref] ?? null,
    },
  ];
}

/** The table of A7: every period of the unit's pack as it holds today. */
export async function policyTableOf(k: Kernel, actor: Actor, { unit, today }: UnitInView): Promise<PolicyTable> {
  const pack = k.rules.packFor(unit.policyPack, today);
  const own = await ownSave(k.pool, unit.id);
  const above = k.rules.shortened(unit.path.slice(1), today);
  const all = k.rules.shortened(unit.path, today);
  const installed = installedPack(k, pack.key);
  return {
    unit: { id: unit.id, name: unit.name },
    pack: {
      id: pack.id,
      version: pack.version,
      title: pack.title,
      verified: pack.verified,
      validFrom: pack.validFrom,
      note: installed?.note ?? null,
    },
    today,
    version: own.version,
    validFrom: own.validFrom,
    mayTighten: holdsAt(actor, "policy.manage", unit.path),
    rows: refsOf(pack).flatMap((ref) => rowOf(pack, ref, above, all, own)),
  };
}
