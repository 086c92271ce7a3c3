import type { EventType } from "@doorstep/contracts";
import { inChange, type Kernel, recordFact } from "@doorstep/kernel";

/** Writes down what was done with the house as a whole, on the chain of its root. */
export async function noteOfHouse(
  kernel: Kernel,
  by: string,
  type: Extract<EventType, `backup.${string}` | `house.${string}`>,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { rows } = await kernel.pool.query<{ id: string }>(
    "select id from kernel.units where parent_id is null order by id limit 1",
  );
  const stream = rows[0]?.id;
  if (stream === undefined) return;
  await inChange(kernel, by, (change) =>
    recordFact(change.client, { stream, at: change.at, type, actor: change.by, facts }),
  );
}
