import type { Id, Text } from "@doorstep/contracts";
import type { PluginSpec } from "../define-plugin.ts";
import type { DatasetShape } from "../manifest.ts";
import type { Ctx } from "./context.ts";

/**
 * So many of one unit that are alike.
 *
 * @since 0.1
 */
export interface DatasetRow {
  /** Where they were counted; units below count for themselves. */
  readonly unitId: Id;
  readonly count: number;
  /** The value of each dimension. */
  readonly values: Readonly<Record<string, string>>;
  /** Of how many of them each measure holds. */
  readonly measures: Readonly<Record<string, number>>;
}

/**
 * What a plugin counts, for everybody. Point `kernel/dataset@1`; 60 s at most for a month.
 *
 * The platform asks for each month once it has been over for ten days, and releases it over all units: whatever would let
 * somebody find fewer than five is left out. What is released stays. With every new month the twelve before it are asked for
 * again: what is counted otherwise now becomes a correction. A month keeps the dimensions and measures of its first release. Others read what was released by the capability `datasets.read`.
 *
 * Count each thing in one month only, and what is part of something else as a measure of it. Whether it is asked does not
 * depend on the units where the plugin is on, as long as it is on anywhere.
 *
 * @since 0.1
 */
export interface DatasetSpec<P extends PluginSpec = PluginSpec> extends DatasetShape {
  readonly title: Text;
  /**
   * Counts a month (`YYYY-MM`) over all units; up to 200,000 rows. Only reads. `null` while it cannot be counted whole: it is
   * asked for again the next day.
   */
  live(
    ctx: Ctx<P>,
    query: { readonly month: string },
  ): readonly DatasetRow[] | null | Promise<readonly DatasetRow[] | null>;
}
