import type { ReleasedFigures, Text } from "@doorstep/sdk";
import type { JobCtx } from "../reports-ctx.ts";
import type { Period } from "./months.ts";

/** What the platform counts and releases itself, in no list of what modules count: absolute numbers, of which none is shown as a share. */
interface OfPlatform {
  readonly dataset: string;
  readonly title: Text;
  /** what of it is counted; absent: all */
  readonly above?: string;
}

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** Reports of retaliation, at the unit of the organ that has them and those above it, never at the unit complained of [SPEC §13, I23]. */
const ofPlatform: readonly OfPlatform[] = [
  { dataset: "kernel/retaliation-reports", title: t("收到的打击报复反映", "Reports of retaliation") },
  {
    ...{ dataset: "kernel/retaliation-protection", above: "inTime" },
    title: t("五个工作日内决定保护措施", "Protection decided within five working days"),
  },
  {
    ...{ dataset: "kernel/retaliation-findings", above: "confirmed" },
    title: t("打击报复查证属实", "Retaliation found to be true"),
  },
];

export interface PlatformFigures extends OfPlatform {
  readonly figures: readonly ReleasedFigures[];
}

/** What was released of them at the call's unit in a period. */
export async function platformFigures(ctx: JobCtx, period: Period): Promise<readonly PlatformFigures[]> {
  const found: PlatformFigures[] = [];
  for (const one of ofPlatform)
    found.push({ ...one, figures: await ctx.datasets.read({ ...period, dataset: one.dataset }) });
  return found;
}
