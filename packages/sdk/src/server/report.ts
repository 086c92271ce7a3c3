import type { Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { RequestCtx } from "./context.ts";

/**
 * What a report answers: up to 50 columns and 10,000 rows; a cell without a value is empty. A cell of words in both
 * languages is read in the one of its reader.
 *
 * @since 0.1
 */
export interface ReportTable {
  /** The days or months it is of, in words: stands below the title beside the unit. A register asked by days has them by itself. @since 1.1 */
  readonly period?: Text | undefined;
  readonly columns: readonly { readonly key: string; readonly title: Text }[];
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null | Text>>[];
  /** The column whose values stand above the rows that have them, on screens and on paper. */
  readonly groupBy?: string | undefined;
}

/**
 * A table that somebody at the desk asks for. Point `kernel/report@1`; 60 s at most. The platform makes the form from
 * `params`, where `.meta({ title: "…", "x-labels": { en: "…" } })` names a field in both languages, shows the table and
 * hands it out as CSV, XLSX, PDF and on paper; who took it and when is in the ledger and stands below the table.
 *
 * @since 0.1
 */
export interface ReportSpec<P extends PluginSpec = PluginSpec, Q extends z.ZodObject = z.ZodObject> {
  readonly title: Text;
  /** Whoever holds this permission of the plugin at the unit may ask. */
  readonly needs: P["permissions"];
  /** Whoever takes it out of the house holds this permission, too; without it, whoever may ask. */
  readonly takeNeeds?: P["permissions"];
  /** A register of work, a line for each piece: the desk shows it among its registers. @defaultValue false */
  readonly register?: boolean;
  /** Every question needs a default, so that the report can be run at once. */
  readonly params: Q;
  /** Only reads: it may be asked as often as anybody likes. */
  run(ctx: RequestCtx<P>, params: z.output<Q>): ReportTable | Promise<ReportTable>;
}

/**
 * Fixes the types of one report; returns what it is given.
 *
 * @since 0.1
 */
export const report = <P extends PluginSpec, Q extends z.ZodObject>(
  _plugin: Plugin<P>,
  spec: ReportSpec<P, Q>,
): ReportSpec<P, Q> => spec;
