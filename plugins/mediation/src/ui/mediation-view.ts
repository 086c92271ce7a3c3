import type { Answer, End, Tier } from "../kinds.ts";

/** A mediation as the desk reads it. */
export interface MediationView {
  readonly mediationId: string;
  readonly tier: Tier;
  readonly dispute: string;
  readonly mediatorId: string;
  readonly mediatorName: string;
  readonly state: "offered" | "running" | "settled" | "kept" | "broken" | "ended";
  readonly petitionerAnswer: "asked" | "given" | "refused" | "withdrawn" | "dropped" | null;
  readonly otherAnswer: "asked" | Answer;
  readonly petitionerWish: boolean;
  readonly untilOn: string | null;
  readonly endedBecause: End | null;
  readonly remedies: string | null;
  readonly terms: string | null;
  readonly performOn: string | null;
  /** agreed on, and not entered at the desk yet */
  readonly toRecord: boolean;
  readonly courtUntil: string | null;
  readonly talks: number;
  readonly visits: readonly {
    readonly visitId: string;
    readonly dueOn: string;
    readonly kept: boolean | null;
    readonly words: string | null;
    /** Its day has come: it may be said that the agreement is kept. */
    readonly mayAnswer: boolean;
    /** A breach may be entered, before its day too. */
    readonly mayBreak: boolean;
  }[];
  readonly mayBegin: boolean;
  readonly mayReplace: boolean;
  readonly mayEnd: boolean;
  readonly mayRenewCode: boolean;
}
