import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { readAs } from "./read-as.ts";
import { MAY_SEE_AMONG, maySeeValues } from "./visible.ts";

/** Which of these cases the actor may see, by the one predicate; in the order in which they were asked. */
export async function visibleOf(client: PoolClient, actor: Actor, ids: readonly string[]): Promise<readonly string[]> {
  const [, ...ways] = maySeeValues(actor, "");
  const { rows } = await client.query<{ id: string }>({
    name: "may_see_among",
    text: MAY_SEE_AMONG,
    values: [[...new Set(ids)], ...ways],
  });
  const seen = new Set(rows.map((row) => row.id));
  return ids.filter((id) => seen.has(id.toLowerCase()));
}

/** The same for whoever counts them, fenced a second time. */
export const visibleTo = (k: Kernel, actor: Actor, ids: readonly string[]): Promise<readonly string[]> =>
  readAs(k, actor, (client) => visibleOf(client, actor, ids));
