import { z } from "zod";
import { id } from "./ids.ts";
import { bilingual } from "./text.ts";

/** Where a module's rule thinks that a petition belongs, for whoever decides about it. */
export const routeProposal = z.object({
  proposal: z
    .object({
      unit: z.object({ id, name: bilingual, path: bilingual }),
      because: z.string(),
      rule: bilingual,
      module: bilingual,
    })
    .nullable(),
  /** rules that could not be asked: it goes on as if there were none */
  failed: z.array(bilingual),
});
export type RouteProposal = z.infer<typeof routeProposal>;
