import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";

/** For how many hours a case is opened at most; what is open already keeps its hour. */
export async function saveAccessSettings(change: Change, actor: Actor, hours: number): Promise<{ hours: number }> {
  const stream = actor.grants.find((grant) => grant.role === "platformAdmin")?.unitId;
  if (!stream) throw new DoorstepError("forbidden");
  await change.client.query("update kernel.access_settings set hours = $1", [hours]);
  await recordFact(change.client, {
    stream,
    at: change.at,
    type: "grant.changed",
    actor: change.by,
    facts: { act: "accessHours", hours },
  });
  return { hours };
}
