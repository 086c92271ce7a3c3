import type { QueueItem, searchInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { branchesOf, Parameters, visibleRow } from "../audience/visible.ts";
import type { Kernel } from "../kernel.ts";
import { textQuery } from "./bigrams.ts";
import { type Page, queueItemOf, readCursor } from "./list-cases.ts";

const CASE_NO = /^\d{4}-?[0-9A-Z]{6}-?[0-9A-Z]$/i;

/** A number as people write it: without hyphens, in lower case, O for 0. */
function caseNoOf(q: string): string | null {
  const plain = q.normalize("NFKC").trim().toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  if (!CASE_NO.test(plain)) return null;
  const bare = plain.replaceAll("-", "");
  return `${bare.slice(0, 4)}-${bare.slice(4, 10)}-${bare.slice(10)}`;
}

/**
 * Finds cases by number, or by words in subject, text, demands and reply, newest first. Only what the actor may see is
 * searched; C3 text is in no index.
 */
export async function searchCases(
  k: Kernel,
  actor: Actor,
  input: z.output<typeof searchInput>,
): Promise<Page<QueueItem>> {
  const cursor = readCursor(input.cursor);
  const p = new Parameters();
  const me = p.add(actor.personId);
  const limit = p.add(input.limit + 1);
  // what none of his keys reaches is left out at once; which key reaches which case is asked below
  const highest = Math.max(...actor.reach.map((r) => r.ceiling));
  const number = caseNoOf(input.q);
  const words = textQuery(input.q);
  const found = number
    ? `select c.id as case_id, c.received_at as received from kernel.cases c where c.case_no = ${p.add(number)}`
    : `select t.case_id, t.received from kernel.case_text t
        where t.aud && ${p.add(actor.reach.map((r) => r.key))}::uuid[] and t.tsv @@ (${p.add(words.han)}::tsquery && plainto_tsquery('english', ${p.add(words.words)})) and t.conf <= ${highest}`;
  const after = cursor
    ? `and (h.received, h.case_id) < (${p.add(cursor[0])}::timestamptz, ${p.add(cursor[1])}::uuid)`
    : "";
  const seen = branchesOf(actor)
    .map(
      (b) =>
        `(select true from kernel.case_audience a where a.case_id = h.case_id and ${visibleRow(p, b, me)} limit 1)`,
    )
    .join(" or ");
  // hits first: with an order and a limit the planner would walk the newest rows and test each (SCALE §5)
  const text = `with h as materialized (${found}),
      x as (select h.* from h where (${seen}) ${after} order by h.received desc, h.case_id desc limit ${limit})
    select c.id, c.case_no, c.title, c.status, c.confidentiality, c.anonymity, c.channel, c.category, c.holder_unit_id, c.organ_id,
      c.received_at, c.imported, c.version, u.name_zh, u.name_en, u.time_zone, null as due, null as due_clock, false as unread
    from x join kernel.cases c on c.id = x.case_id join kernel.units u on u.id = c.holder_unit_id
    order by x.received desc, x.case_id desc`;
  if (!number && !words.han && !words.words) return { items: [], nextCursor: null };
  const { rows } = await readAs(k, actor, (client) => client.query(text, p.values));
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((r) => queueItemOf(k, r)),
    nextCursor:
      rows.length > input.limit && last
        ? Buffer.from(JSON.stringify([last.received_at.toISOString(), last.id])).toString("base64url")
        : null,
  };
}
