import type { ReportTable } from "@doorstep/sdk/server";
import { inArray } from "drizzle-orm";
import { rounds } from "../schema.ts";
import en from "../ui/en.json" with { type: "json" };
import zh from "../ui/zh-CN.json" with { type: "json" };
import type { CauseCtx } from "./cause-ctx.ts";
import { list } from "./read.ts";

const words = { "zh-CN": zh, en } as const;

const columns = (["title", "unit", "kind", "state", "round", "fix", "due", "verdict"] as const).map((key) => ({
  key,
  title: { "zh-CN": zh.register[key], en: en.register[key] },
}));

/** The register of root causes as a table, in the words of whoever asks for it. */
export async function register(ctx: CauseCtx, which: "open" | "over"): Promise<ReportTable> {
  const locale = ctx.user?.locale ?? "zh-CN";
  const say = words[locale];
  const rows = await list(ctx, which);
  const ids = rows.map((row) => row.causeId);
  const written = ids.length > 0 ? await ctx.db.select().from(rounds).where(inArray(rounds.causeId, ids)) : [];
  return {
    columns,
    rows: rows.map((row) => {
      const last = written.filter((one) => one.causeId === row.causeId).toSorted((a, b) => b.no - a.no)[0];
      return {
        ...{ title: row.title, unit: row.unit?.[locale] ?? null, kind: say.kind[row.kind] },
        ...{ state: say.state[row.state], round: row.round, fix: last?.fixWords ?? null },
        ...{ due: last?.dueOn ?? null, verdict: last?.verdict ? say.verdict[last.verdict] : null },
      };
    }),
  };
}
