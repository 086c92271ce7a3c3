import type { ClockRole, ErrorParams, EventType, Mark, NoticeCode, Role, State } from "@doorstep/contracts";
import type { EffectivePack } from "../clocks/policy-rules.ts";
import type { LoadedCase } from "./loaded-case.ts";

/** Where a role must be held: in the case itself, at the unit that holds it, at the unit whose reply is under review, at a unit above the holder, or anywhere. */
export type At = "case" | "holder" | "handling" | "sender" | "above" | "organ" | "assist" | "anywhere";
export interface Who {
  readonly role: Role | "system";
  readonly at: At;
}

/** Why not: the code is a key of the error catalogue. */
export interface Refusal {
  readonly code: string;
  readonly params?: ErrorParams;
}

export interface Scene {
  readonly pack: EffectivePack;
  readonly now: Date;
  /** local date of the unit that holds the case */
  readonly today: string;
}

/** A rule over what is already known. No I/O, no clock of its own, never throws. */
export interface Guard {
  readonly id: string;
  readonly source: string;
  check(c: LoadedCase, s: Scene): Refusal | undefined;
}

export type ClockEffect =
  | { readonly do: "start" | "stop"; readonly role: ClockRole }
  | { readonly do: "stopAll" }
  | { readonly do: "extend" | "pause" | "resume"; readonly role: ClockRole };

/** One row of the life cycle [SPEC §4]. */
export interface Transition {
  readonly id: `T${number}`;
  readonly act: string;
  readonly from: readonly State[] | "-";
  readonly to: State | "same";
  readonly with?: readonly Mark[];
  readonly without?: readonly Mark[];
  readonly sets?: Mark;
  readonly clears?: Mark;
  readonly who: readonly Who[];
  /** another person must have proposed or must confirm */
  readonly second?: Who;
  readonly guards: readonly Guard[];
  readonly notice: readonly NoticeCode[];
  readonly clocks: readonly ClockEffect[];
  readonly entry: EventType;
  readonly source: string;
}

export const guard = (
  id: string,
  source: string,
  holds: (c: LoadedCase, s: Scene) => boolean,
  params?: (c: LoadedCase, s: Scene) => ErrorParams,
  code = id,
): Guard => ({
  id,
  source,
  check: (c, s) => (holds(c, s) ? undefined : { code, ...(params && { params: params(c, s) }) }),
});
