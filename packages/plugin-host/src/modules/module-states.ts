import type { Kernel, ModuleStates } from "@doorstep/kernel";
import type { Serving } from "../calls/endpoint.ts";

/** What the kernel's own pages ask of the host. */
export function moduleStates(serving: Serving, kernel: Pick<Kernel, "pool">): ModuleStates {
  return {
    isOn: async (pluginId, unitId) => {
      const { rowCount } = await kernel.pool.query(
        "select from kernel.plugin_effective where plugin_id = $1 and unit_id = $2 and enabled",
        [pluginId, unitId],
      );
      return rowCount !== 0 && serving.snapshot().serves(pluginId);
    },
    installed: async () => {
      const snapshot = serving.snapshot();
      return {
        count: snapshot.plugins.size,
        troubled: [...snapshot.plugins.values()].flatMap(({ manifest }) => {
          const state = snapshot.stateOf(manifest.id);
          return state === "active" ? [] : [{ id: manifest.id, title: manifest.title, state }];
        }),
      };
    },
    // Found by moving and taking it back, inside the caller's transaction: so it cannot differ from a real move.
    changesByMove: async (transaction, unitId, parentId) => {
      const on = async (): Promise<ReadonlySet<string>> => {
        const { rows } = await transaction.query<{ place: string }>(
          `select e.plugin_id || ' ' || e.unit_id as place from kernel.plugin_effective e
             join kernel.units u on u.id = e.unit_id where e.enabled and $1 = any(u.path)`,
          [unitId],
        );
        return new Set(rows.map((row) => row.place));
      };
      const before = await on();
      await transaction.query("savepoint try_move");
      try {
        await transaction.query("update kernel.units set parent_id = $2 where id = $1", [unitId, parentId]);
        const after = await on();
        const pluginsOf = (places: ReadonlySet<string>): string[] =>
          [...new Set([...places].map((place) => place.split(" ")[0] ?? ""))].sort();
        return { on: pluginsOf(after.difference(before)), off: pluginsOf(before.difference(after)) };
      } finally {
        await transaction.query("rollback to savepoint try_move");
      }
    },
    carry: async (transaction, { from, to, copy }) => {
      for (const { table, columns } of copy ? CHOSEN : [])
        await transaction.query(
          `insert into kernel.${table} (unit_id, authority, ${columns})
           select $2, case when authority = $1 then $2 else authority end, ${columns} from kernel.${table} where unit_id = $1
           on conflict do nothing`,
          [from, to],
        );
      // below, what stands by the right of the unit that ends stands by its heir's
      for (const { table } of CHOSEN)
        await transaction.query(
          `update kernel.${table} t set authority = $2 from kernel.units u
            where t.authority = $1 and u.id = t.unit_id and $2 = any(u.path)`,
          [from, to],
        );
      await transaction.query(
        "select kernel.refresh_plugins((select array_agg(plugin_id) from kernel.plugin_installed), array[$1]::uuid[])",
        [to],
      );
      await transaction.query("update kernel.plugin_registry set revision = revision + 1");
      const { rows } = await transaction.query<{ id: string; on: boolean }>(
        `select b.plugin_id as id, b.enabled as on from kernel.plugin_effective a
           join kernel.plugin_effective b on b.plugin_id = a.plugin_id and b.unit_id = $2
          where a.unit_id = $1 and a.enabled <> b.enabled order by b.plugin_id`,
        [from, to],
      );
      const those = (on: boolean): string[] => rows.filter((row) => row.on === on).map((row) => row.id);
      return { on: those(true), off: those(false) };
    },
  };
}

/** Where units say what they choose, by whose right. */
const CHOSEN = [
  { table: "plugin_choice", columns: "plugin_id, choice, locked, why, by_person, at" },
  { table: "plugin_setting", columns: "plugin_id, key, value, locked, why, by_person, at, kek, dek, sealed" },
] as const;
