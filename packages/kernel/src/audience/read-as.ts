import { withScope } from "@doorstep/database";
import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";

/** Reads as this person: row-level security fences the case table a second time, whatever the statement says. */
export const readAs = <T>(k: Kernel, actor: Actor, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withScope(k.pool, { keys: [...actor.keys, ...actor.flatKeys], me: actor.personId }, async ({ client }) => {
    const role = client.query("set local role doorstep_reader");
    role.catch(() => undefined);
    const result = await work(client);
    await role;
    return result;
  });
