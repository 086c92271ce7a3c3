import type { Id, Text } from "@doorstep/contracts";
import type { CaseBrief } from "../capabilities.ts";
import type { PluginSpec } from "../define-plugin.ts";
import type { Ctx } from "./context.ts";

/** Where a petition belongs, in the opinion of a rule. */
export interface Destination {
  readonly toUnit: Id;
  /** One or two sentences that whoever decides is shown; 300 characters at most. */
  readonly because: string;
}

/**
 * A rule that says where a petition belongs. Point `kernel/routing@1`; needs the capability `cases.read`; 200 ms at most.
 *
 * Decides only, and only proposes: a person routes. Rules are asked by priority, the smallest number first, and the first
 * answer counts; `null` leaves it to the next one. Where a rule fails the petition records that it did not run. It is
 * never asked about accusations, and what would send a petition to the unit complained of is not shown.
 *
 * @since 0.1
 */
export interface RoutingSpec<P extends PluginSpec = PluginSpec> {
  readonly title: Text;
  readonly priority: number;
  decide(ctx: Ctx<P>, petition: CaseBrief): Destination | null | Promise<Destination | null>;
}
