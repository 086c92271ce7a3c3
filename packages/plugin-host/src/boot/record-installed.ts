import { inTransaction } from "@doorstep/kernel";
import type { Pool } from "pg";
import { refreshPlugins } from "../choices/choose.ts";
import type { Snapshot } from "../registry.ts";

/**
 * Writes down which plugins there are and recomputes the units where that matters. Rows of plugins that have gone stay:
 * they name what was left behind, and the choices hold again when the plugin returns.
 */
export async function recordInstalled(pool: Pool, snapshot: Snapshot, now: Date): Promise<void> {
  await inTransaction(pool, async (client) => {
    // Several processes start at once; one writes, the others find it written.
    await client.query("select revision from kernel.plugin_registry for update");
    const stale: string[] = [];
    for (const { manifest } of snapshot.plugins.values()) {
      const { rowCount } = await client.query(
        `insert into kernel.plugin_installed as i (plugin_id, version, title_zh, title_en, on_by_default, requires, installed_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (plugin_id) do update set version = excluded.version, title_zh = excluded.title_zh,
           title_en = excluded.title_en, on_by_default = excluded.on_by_default, requires = excluded.requires,
           installed_at = excluded.installed_at
         where (i.version, i.title_zh, i.title_en, i.on_by_default, i.requires)
           is distinct from (excluded.version, excluded.title_zh, excluded.title_en, excluded.on_by_default, excluded.requires)`,
        [
          manifest.id,
          manifest.version,
          manifest.title["zh-CN"],
          manifest.title.en,
          manifest.onByDefault,
          Object.keys(manifest.requires),
          now,
        ],
      );
      if (rowCount) stale.push(manifest.id);
    }
    if (stale.length === 0) return;
    const { rows } = await client.query<{ id: string }>("select id from kernel.units where parent_id is null");
    await refreshPlugins(
      client,
      stale,
      rows.map((row) => row.id),
    );
    await client.query("update kernel.plugin_registry set revision = revision + 1");
  });
}

/** Titles of plugins known from earlier starts, for those that cannot tell themselves. */
export async function knownTitles(pool: Pool): Promise<
  ReadonlyMap<
    string,
    {
      readonly title: { "zh-CN": string; en: string };
      readonly onByDefault: boolean;
      readonly requires: readonly string[];
    }
  >
> {
  const { rows } = await pool.query<{
    plugin_id: string;
    title_zh: string;
    title_en: string;
    on_by_default: boolean;
    requires: string[];
  }>("select plugin_id, title_zh, title_en, on_by_default, requires from kernel.plugin_installed");
  return new Map(
    rows.map((row) => [
      row.plugin_id,
      { title: { "zh-CN": row.title_zh, en: row.title_en }, onByDefault: row.on_by_default, requires: row.requires },
    ]),
  );
}
