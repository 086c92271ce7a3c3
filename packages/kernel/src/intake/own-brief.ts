import type { Category, State, Text } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "../request-context.ts";
import { ownCase } from "./handlers.ts";

/** A petition as a module knows it of its own petitioner. */
export interface OwnBrief {
  readonly caseId: string;
  readonly state: State;
  readonly category: Category | null;
  readonly holder: { readonly id: string; readonly name: Text };
  /** he asks himself; otherwise somebody who may speak for him */
  readonly himself: boolean;
}

/** The petition of whoever asks; `null` for anybody else's, for accusations, and for a file that was destroyed. */
export async function ownBrief(ctx: RequestContext, caseId: string): Promise<OwnBrief | null> {
  const own = await ownCase(ctx, caseId).catch((error: unknown) => {
    if (error instanceof DoorstepError && error.code === "case.notFound") return null;
    throw error;
  });
  if (!own || (own.mandate && !own.mandate.scope.includes("speak"))) return null;
  const { rows } = await ctx.kernel.pool.query<Omit<OwnBrief, "himself">>(
    `select c.id as "caseId", c.status as state, c.category,
        jsonb_build_object('id', u.id, 'name', jsonb_build_object('zh-CN', u.name_zh, 'en', u.name_en)) as holder
       from kernel.cases c join kernel.units u on u.id = kernel.heir(c.holder_unit_id)
      where c.id = $1 and c.confidentiality < 3 and c.destroyed_on is null`,
    [own.caseId],
  );
  return rows[0] ? { ...rows[0], himself: own.mandate === undefined } : null;
}
