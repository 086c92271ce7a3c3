import type { EventType } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { inTransaction } from "../transaction.ts";
import type { Facts, LedgerActor } from "./entry.ts";
import { recordFact } from "./record-fact.ts";

/** One chain for reads of protected content, apart from the chains of cases. */
export const ACCESS_STREAM = "00000000-0000-8000-8000-00000000acce";

/** Writes down who read what before the answer leaves. */
export const recordAccess = (
  k: Kernel,
  entry: { readonly type: EventType; readonly actor: LedgerActor; readonly facts: Facts; readonly at?: Date },
): Promise<void> =>
  inTransaction(k.pool, (client) => recordFact(client, { at: k.now(), ...entry, stream: ACCESS_STREAM }));
