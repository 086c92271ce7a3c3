import { publicEvents } from "../intake/public-events.ts";
import type { Kernel } from "../kernel.ts";
import type { ManyConsumer, OutboxEvent } from "../outbox/consumer.ts";
import { tellLive } from "./tell-live.ts";

const AT_ONCE = 200;

/** Messages that stand in the petitioner's thread: an inner note must not even make his screen flicker. */
async function openMessages(pool: Kernel["pool"], events: readonly OutboxEvent[]): Promise<ReadonlySet<string>> {
  const written = events.filter((e) => e.type === "case.messageSent" || e.type === "case.fileAdded");
  if (written.length === 0) return new Set();
  const { rows } = await pool.query<{ id: string }>(
    `select e.id from unnest($1::text[], $2::uuid[], $3::int[], $4::timestamptz[]) e(id, stream, seq, at)
       join kernel.ledger l on l.stream = e.stream and l.seq = e.seq and l.at = e.at
      where l.body::jsonb -> 'facts' ->> 'visibility' = 'petitioner'`,
    [written.map((e) => e.id), written.map((e) => e.caseId), written.map((e) => e.seq), written.map((e) => e.at)],
  );
  return new Set(rows.map((r) => r.id));
}

/** Tells open screens of every batch of events: which cases, and which of them their petitioner may notice. */
export const liveConsumer = (k: Pick<Kernel, "pool" | "now">): ManyConsumer => ({
  name: "live",
  from: "now",
  async handleMany(events) {
    const messages = await openMessages(k.pool, events);
    const open = new Map<string, boolean>();
    for (const e of events)
      open.set(e.caseId, (open.get(e.caseId) ?? false) || e.type in publicEvents || messages.has(e.id));
    const cases = [...open].map(([id, isOpen]) => ({ id, open: isOpen }));
    for (let at = 0; at < cases.length; at += AT_ONCE) await tellLive(k, { cases: cases.slice(at, at + AT_ONCE) });
  },
});
