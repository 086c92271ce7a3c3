import type { Ground, HearingState } from "../kinds.ts";

export interface PanelView {
  readonly personId: string;
  readonly name: string;
  readonly chair: boolean;
  readonly left: boolean;
  /** somebody has taken his place */
  readonly replaced: boolean;
}

/** When, where and before whom: what everybody with a part in a hearing reads. */
export interface SettingView {
  readonly hearingId: string;
  readonly state: HearingState;
  readonly askedBy: "petitioner" | "unit";
  readonly ground: Ground | "applied" | null;
  readonly wish: string | null;
  readonly subject: string | null;
  readonly hearingOn: string | null;
  readonly startsAt: string | null;
  readonly place: string | null;
  readonly open: boolean | null;
  readonly attendants: string | null;
  readonly noticedOn: string | null;
  readonly noticeNo: string | null;
  readonly conclusion: string | null;
  readonly votesFor: number | null;
  readonly votesAgainst: number | null;
  readonly concludedOn: string | null;
  readonly reason: string | null;
  readonly panel: readonly PanelView[];
}

export interface AttendantView {
  readonly attendantId: string;
  readonly kind: "petitioner" | "panel" | "other";
  readonly part: string | null;
  readonly signed: boolean;
  readonly correction: string | null;
  readonly declined: string | null;
}

/** A hearing as the desk reads it, with what may be done next. */
export interface HearingView extends SettingView {
  readonly record: string | null;
  readonly there: readonly AttendantView[];
  readonly recusals: readonly {
    readonly recusalId: string;
    readonly personId: string;
    readonly why: string;
    readonly granted: boolean | null;
    readonly reason: string | null;
    readonly mayDecide: boolean;
  }[];
  readonly noticeBack: boolean;
  readonly isLate: boolean;
  readonly mayAnswer: boolean;
  readonly mayRewrite: boolean;
  readonly mayReplace: boolean;
  readonly mayCallOff: boolean;
  readonly mayRecord: boolean;
  readonly maySign: boolean;
  readonly mayTakeUp: boolean;
}
