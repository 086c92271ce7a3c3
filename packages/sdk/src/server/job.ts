import type { PluginSpec } from "../define-plugin.ts";
import type { Ctx } from "./context.ts";

/** A length of time in minutes, hours or days: `30m`, `6h`, `1d`. */
export type Every = `${number}${"m" | "h" | "d"}`;

/**
 * Work that comes again and again. Point `kernel/job@1`.
 *
 * It runs at one unit at a time, in one server process, soon after the plugin was switched on there and then at the
 * stated distance. What was missed while the platform stood still is done once. Where it fails the next time comes as
 * planned; where the platform ends in the midst of it, it runs again: write it so that twice does no harm. 10 minutes at
 * most.
 *
 * @since 0.1
 */
export interface JobSpec<P extends PluginSpec = PluginSpec> {
  readonly every: Every;
  /**
   * `unit`: at each unit where the plugin is on. `platform`: once for the whole platform while it is on anywhere;
   * `ctx.unit` is the topmost unit then.
   */
  readonly scope: "unit" | "platform";
  /**
   * Also at units where the plugin is off, as long as the platform runs it: for work that lets go what its term is over, or
   * keeps what waits there. Such work tells nobody and asks nothing of anybody. With `scope: "unit"`.
   *
   * @since 1.1
   */
  readonly alsoWhereOff?: true;
  run(ctx: Ctx<P>): void | Promise<void>;
}
