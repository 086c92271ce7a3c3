import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { readAs } from "./read-as.ts";
import { MAY_SEE, maySeeValues } from "./visible.ts";

/** Which of these cases the actor may see; asked one by one, by the one predicate. */
export async function visibleOf(client: PoolClient, actor: Actor, ids: readonly string[]): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const id of ids) {
    const { rowCount } = await client.query({ name: "may_see", text: MAY_SEE, values: [...maySeeValues(actor, id)] });
    if ((rowCount ?? 0) > 0) seen.push(id);
  }
  return seen;
}

/** The same for whoever counts them, fenced a second time. */
export const visibleTo = (k: Kernel, actor: Actor, ids: readonly string[]): Promise<readonly string[]> =>
  readAs(k, actor, (client) => visibleOf(client, actor, ids));
