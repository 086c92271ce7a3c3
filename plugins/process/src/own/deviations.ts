import type { StepCode } from "./step-codes.ts";

/** How a petition may leave the straight way of the rules. */
export const deviations = ["back", "skipped", "deemed", "overdue", "hops"] as const;
export type Deviation = (typeof deviations)[number];

/** The straight way, stage by stage; what is on none of them belongs to where the petition is. */
const stages: readonly (readonly StepCode[])[] = [
  ["case.received"],
  ["case.registered"],
  ["case.routed"],
  ["case.accepted", "case.deemedAccepted"],
  ["case.handlingStarted"],
  ["case.replied"],
  ["case.reviewRequested"],
  ["case.rereviewRequested"],
  ["case.final"],
  ["case.archived"],
];
/** What has to be gone through before some of them; the rest only where it is asked for. */
const needed: readonly (readonly [StepCode, readonly StepCode[]])[] = [
  ["case.accepted", ["case.registered"]],
  ["case.handlingStarted", ["case.accepted", "case.deemedAccepted"]],
  ["case.replied", ["case.handlingStarted"]],
  ["case.final", ["case.replied"]],
];
/** These lead back to an earlier stage by themselves. */
const backward: ReadonlySet<StepCode> = new Set(["case.redo", "case.reopened", "case.returned", "case.replySentBack"]);
/** More hand-overs than the rules let pass. */
const HOPS = 2;

const stageOf = (code: StepCode): number => stages.findIndex((stage) => stage.includes(code));

function goesBack(codes: readonly StepCode[]): boolean {
  let furthest = -1;
  for (const code of codes) {
    if (backward.has(code)) return true;
    const stage = stageOf(code);
    if (stage >= 0 && stage < furthest) return true;
    furthest = Math.max(furthest, stage);
  }
  return false;
}

const skips = (codes: readonly StepCode[]): boolean =>
  needed.some(([code, before]) => {
    const at = codes.indexOf(code);
    return at >= 0 && !codes.slice(0, at).some((one) => before.includes(one));
  });

/** Where a petition left the straight way; a deviation is no fault by itself. */
export function deviationsOf(codes: readonly StepCode[]): readonly Deviation[] {
  const found: Record<Deviation, boolean> = {
    back: goesBack(codes),
    skipped: skips(codes),
    deemed: codes.includes("case.deemedAccepted"),
    overdue: codes.includes("clock.breached"),
    hops: codes.filter((code) => code === "case.routed").length > HOPS,
  };
  return deviations.filter((one) => found[one]);
}
