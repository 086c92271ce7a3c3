import type { DatasetAbout, ReleasedFigures } from "@doorstep/sdk";
import type { LookCtx } from "./indicators-ctx.ts";

interface Other {
  readonly dataset: string;
  /** the measure above the line; absent: the number is how many there were */
  readonly above?: string;
  /** the measure below the line; absent: all of the dataset */
  readonly below?: string;
}

/** Of what the kernel itself releases, which is in no list of what modules count. */
const KERNEL = "kernel/";

/** Indicators of the field that others count [SPEC §13]: shown as they were released; of a module, where it is on. */
export const others = {
  I13: { dataset: "backlog/month", above: "struck" },
  I14: { dataset: "mediation/concluded", above: "agreedNear" },
  I15: { dataset: "mediation/concluded", above: "agreed" },
  I16: { dataset: "mediation/agreement", above: "kept" },
  I17: { dataset: "mediation/visit", above: "done" },
  I18: { dataset: "reception-day/session", above: "held" },
  I18s: { dataset: "reception-day/visit", above: "onTheSpot" },
  I20: { dataset: "supervision/recommendations", above: "inTime" },
  I20a: { dataset: "supervision/recommendations", above: "adopted", below: "answered" },
  I22: { dataset: "heart-talk/promise", above: "kept" },
  /** how many of the talks due were held: without it I22 says nothing */
  I22c: { dataset: "heart-talk/talk", above: "held" },
  I23: { dataset: "kernel/retaliation-reports" },
  I23p: { dataset: "kernel/retaliation-protection", above: "inTime" },
  I23c: { dataset: "kernel/retaliation-findings", above: "confirmed" },
} as const satisfies Record<string, Other>;

export type OtherCode = keyof typeof others;

/** A number that was released; `null` is hidden. */
export interface OtherFigure {
  readonly code: OtherCode;
  /** absent: the number is how many there were */
  readonly above?: number | null;
  readonly below: number | null;
  /** above 1: a correction */
  readonly number: number;
  readonly releasedAt: string;
}

/** Of a unit alone, or with all below it; a unit without any below has one row for both. */
export const rowOf = (figures: readonly ReleasedFigures[], below: boolean): ReleasedFigures | undefined =>
  figures.find(({ own }) => own === !below) ?? figures.find(({ own }) => !own);

/** What is there of a month; nothing of a module that is off, or of what was not released. */
export async function othersOf(
  ctx: { readonly datasets: Pick<LookCtx["datasets"], "list" | "read"> },
  { month, below }: { readonly month: string; readonly below: boolean },
): Promise<readonly OtherFigure[]> {
  const counted = new Set((await ctx.datasets.list()).map((one: DatasetAbout) => one.dataset));
  const found: OtherFigure[] = [];
  for (const [code, { dataset, above, below: base }] of Object.entries(others) as [OtherCode, Other][]) {
    if (!dataset.startsWith(KERNEL) && !counted.has(dataset)) continue;
    const row = rowOf(await ctx.datasets.read({ dataset, from: month, to: month }), below);
    if (!row) continue;
    const { total, measures, number, releasedAt } = row;
    const all = base === undefined ? total : (measures[base]?.yes ?? null);
    const part = above !== undefined && { above: measures[above]?.yes ?? null };
    found.push({ code, ...part, below: all, number, releasedAt });
  }
  return found;
}
