import type { ReportTable } from "@doorstep/sdk/server";
import en from "../ui/en.json" with { type: "json" };
import zh from "../ui/zh-CN.json" with { type: "json" };
import type { KeepCtx } from "./item-ctx.ts";
import { list } from "./read.ts";

/** One more than a table holds: more is refused, not cut off. */
const MOST = 10_001;

const words = { "zh-CN": zh, en } as const;

const columns = (["caseNo", "title", "holder", "days", "reasons", "cause", "class", "state", "due"] as const).map(
  (key) => ({
    key,
    title: { "zh-CN": zh.register[key], en: en.register[key] },
  }),
);

/** The register of the backlog as a table, in the words of whoever asks for it. */
export async function register(ctx: KeepCtx, which: "open" | "struck"): Promise<ReportTable> {
  const locale = ctx.user?.locale ?? "zh-CN";
  const say = words[locale];
  const { items: rows } = await list(ctx, which, 0, MOST);
  return {
    columns,
    rows: rows.map((one) => ({
      ...{ caseNo: one.caseNo, title: one.title, holder: one.holder[locale], days: one.ageDays },
      reasons: one.reasons.map((why) => say.reason[why]).join("; "),
      ...{ cause: one.cause && say.cause[one.cause], class: one.class && say.class[one.class] },
      ...{ state: say.state[one.state], due: one.isDue ? say.due[one.state === "struck" ? "look" : "review"] : null },
    })),
  };
}
