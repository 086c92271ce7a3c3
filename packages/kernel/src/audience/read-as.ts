import { type Scope, withScope } from "@doorstep/database";
import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";

const scopeOf = ({ reach, personId }: Actor): Scope => ({ keys: reach.map((r) => r.key), limits: reach, me: personId });

/** Reads as this person: row-level security fences the case table a second time, whatever the statement says. */
export const readAs = <T>(k: Kernel, actor: Actor, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withScope(k.pool, scopeOf(actor), async ({ client }) => {
    const role = client.query("set local role doorstep_reader");
    role.catch(() => undefined);
    const result = await work(client);
    await role;
    return result;
  });
