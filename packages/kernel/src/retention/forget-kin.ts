import { inChange } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { RETENTION_STREAM } from "./stream.ts";

/** Nobody needs it any more: whoever stood out for it stays out by the row of that case. */
const MONTHS_AFTER_END = 12;

/** Kinships that ended a year ago; it needs no approval, since nothing of a case goes with them. */
export async function forgetEndedKin(k: Kernel): Promise<number> {
  return inChange(k, "system", async (change) => {
    const { rowCount } = await change.client.query(
      "delete from kernel.kinships where ended_at <= $1::timestamptz - make_interval(months => $2)",
      [change.at, MONTHS_AFTER_END],
    );
    const count = rowCount ?? 0;
    if (count > 0)
      await recordFact(change.client, {
        stream: RETENTION_STREAM,
        at: change.at,
        type: "retention.done",
        actor: change.by,
        facts: { class: "kinships", count },
      });
    return count;
  });
}
