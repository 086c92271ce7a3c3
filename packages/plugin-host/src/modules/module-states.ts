import type { ModuleStates } from "@doorstep/kernel";
import type { Serving } from "../calls/endpoint.ts";

/** What the kernel's own pages ask of the host. */
export function moduleStates(serving: Serving): ModuleStates {
  return {
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
  };
}
