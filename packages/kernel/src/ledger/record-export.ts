import type { Change } from "../change.ts";
import type { Facts } from "./entry.ts";
import { ACCESS_STREAM } from "./record-access.ts";
import { recordFact } from "./record-fact.ts";

/** Writes down what leaves the house before it does; why stands beside the ledger, as somebody typed it. */
export async function recordExport(
  change: Change,
  personId: string,
  taken: { readonly what: "ledger" | "cases"; readonly count: number; readonly reason: string; readonly facts?: Facts },
): Promise<void> {
  const id = change.newId();
  const { what, count, reason, facts } = taken;
  await change.client.query(
    "insert into kernel.exports (id, at, by_person, what, count, reason) values ($1, $2, $3, $4, $5, $6)",
    [id, change.at, personId, what, count, reason],
  );
  await recordFact(change.client, {
    stream: ACCESS_STREAM,
    at: change.at,
    type: "data.exported",
    actor: change.by,
    facts: { export: id, what, count, ...facts },
  });
}
