import type { EachConsumer, OutboxEvent } from "../outbox/consumer.ts";
import { type Notifying, notify, notifyPetitioners } from "./notify.ts";
import { roleHolders } from "./role-holders.ts";
import { type Audience, paramsOf, petitionerToldOf, staffToldOf, type Told } from "./told-of.ts";

const FACTS = `select c.holder_unit_id as "holderUnitId", o.unit_id as "organUnitId", c.confidentiality, c.handler_id as "handlerId",
    (select kernel.heir(l.from_unit_id) from kernel.legs l where l.case_id = c.id and l.kind <> 'succeed' order by l.no desc limit 1) as "senderUnitId",
    coalesce(e.actor, 'system') as actor, coalesce(e.body::jsonb -> 'facts', '{}') as facts,
    exists (select from kernel.notices n where n.case_id = c.id and n.sent_at = $3 and n.state = 'delivered') as letter
  from kernel.cases c left join kernel.offices o on o.id = c.organ_id
  left join kernel.ledger e on e.stream = c.id and e.seq = $2 and e.at = $3
  where c.id = $1`;

async function toldFacts(k: Notifying, e: OutboxEvent): Promise<Told | undefined> {
  const { rows } = await k.pool.query<Told>({ name: "told_facts", text: FACTS, values: [e.caseId, e.seq, e.at] });
  return rows[0];
}

/** Nearest first, and on upwards until somebody is told who may see it and has not done it himself. */
async function tellAudience(k: Notifying, t: Told, audience: Audience, e: OutboxEvent): Promise<void> {
  const tell = { kind: audience.kind, caseId: e.caseId, key: e.id, params: paramsOf(e) };
  const others = (people: readonly string[]): readonly string[] => people.filter((p) => t.actor !== `person:${p}`);
  if (audience.person) {
    // whoever does something to his own case need not be told of it, and neither does anybody instead
    if (t.actor === `person:${audience.person}`) return;
    if ((await notify(k, [audience.person], tell)).length > 0) return;
  }
  if (!audience.unitId || !audience.roles) return;
  for (const people of await roleHolders(k, audience.unitId, audience.roles)) {
    if (people.some((p) => t.actor === `person:${p}`) && others(people).length === 0) return;
    if ((await notify(k, others(people), tell)).length > 0) return;
  }
}

/**
 * Tells who must know of an event. A house that begins to tell does so from then on, not of all its past; an old record
 * taken over is no news.
 */
export const notifyConsumer = (k: Notifying): EachConsumer => ({
  name: "notify",
  from: "now",
  async handle(e) {
    if (e.type === "case.imported") return;
    const t = await toldFacts(k, e);
    if (!t) return;
    for (const audience of staffToldOf(t, e)) await tellAudience(k, t, audience, e);
    const kind = petitionerToldOf(t, e);
    if (kind) await notifyPetitioners(k, { kind, caseId: e.caseId, key: e.id, params: { event: e.type } });
  },
});
