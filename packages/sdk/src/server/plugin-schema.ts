import { type PgSchema, pgSchema } from "drizzle-orm/pg-core";
import type { Plugin, PluginSpec } from "../define-plugin.ts";

/**
 * The plugin's own PostgreSQL schema: `ledger-import` has `p_ledger_import`.
 *
 * @since 0.1
 */
export function pluginSchema<P extends PluginSpec>(plugin: Plugin<P>): PgSchema {
  return pgSchema(`p_${plugin.id.replaceAll("-", "_")}`);
}
