import type { RetaliationAct, retaliationOutcomes } from "@doorstep/contracts";

/** What has become of a report of retaliation. */
export interface LoadedReport {
  readonly originCaseId: string;
  readonly unitId: string;
  readonly acts: readonly RetaliationAct[];
  readonly acknowledgedAt: string | null;
  readonly decidedAt: string | null;
  readonly concludedAt: string | null;
  readonly outcome: (typeof retaliationOutcomes)[number] | null;
  readonly checkIns: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as jsonb gives it.
export const reportOf = (r: Record<string, any> | null | undefined): LoadedReport | null =>
  r
    ? {
        originCaseId: r.origin_case_id,
        unitId: r.unit_id,
        acts: r.acts,
        acknowledgedAt: r.acknowledged_at ?? null,
        decidedAt: r.decided_at ?? null,
        concludedAt: r.concluded_at ?? null,
        outcome: r.outcome ?? null,
        checkIns: r.check_ins ?? 0,
      }
    : null;
