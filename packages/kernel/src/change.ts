import type { PoolClient } from "pg";
import type { Actor } from "./actor.ts";
import type { Kernel } from "./kernel.ts";
import type { LedgerActor } from "./ledger/entry.ts";
import { inTransaction } from "./transaction.ts";
import type { Keys } from "./vault/keys.ts";

/** What a command on units, people or topics needs: its transaction, its instant, and who answers for it. */
export interface Change {
  readonly client: PoolClient;
  readonly at: Date;
  readonly by: LedgerActor;
  readonly newId: () => string;
  /** absent where the change is only tried out */
  readonly keys?: Keys;
}

export const ledgerActorOf = (actor: Pick<Actor, "personId" | "isSystem">): LedgerActor =>
  `${actor.isSystem ? "system" : "person"}:${actor.personId}`;

export const inChange = <T>(kernel: Kernel, by: LedgerActor, work: (change: Change) => Promise<T>): Promise<T> =>
  inTransaction(kernel.pool, (client) =>
    work({ client, at: kernel.now(), by, newId: kernel.newId, keys: kernel.keys }),
  );
