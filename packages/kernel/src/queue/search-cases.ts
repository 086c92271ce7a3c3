import type { QueueItem, searchInput } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { branchesOf, Parameters, visibleRow } from "../audience/visible.ts";
import type { Kernel } from "../kernel.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { textQuery } from "./bigrams.ts";
import { type Page, queueItemOf, type Raw, readCursor, writeCursor } from "./list-cases.ts";
import { searchWords } from "./word-search.ts";

const CASE_NO = /^\d{4}-?[0-9A-Z]{6}-?[0-9A-Z]$/i;

/** A number as people write it: without hyphens, in lower case, O for 0. */
function caseNoOf(q: string): string | null {
  const plain = q.normalize("NFKC").trim().toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  if (!CASE_NO.test(plain)) return null;
  const bare = plain.replaceAll("-", "");
  return `${bare.slice(0, 4)}-${bare.slice(4, 10)}-${bare.slice(10)}`;
}

/** The case with this number, if he sees it: his keys are asked about it, as for any other. */
async function findByNumber(client: PoolClient, actor: Actor, number: string): Promise<readonly string[]> {
  const p = new Parameters();
  const me = p.add(actor.personId);
  const seen = branchesOf(actor).map(
    (b) => `(select true from kernel.case_audience a where a.case_id = h.id and ${visibleRow(p, b, me)} limit 1)`,
  );
  const { rows } = await client.query<{ id: string }>(
    `select h.id from kernel.cases h where h.case_no = ${p.add(number)} and (${["false", ...seen].join(" or ")})`,
    p.values,
  );
  return rows.map((r) => r.id);
}

/** What a list shows of the row `x` that was found, asked row by row: a search finds few, whatever the planner thinks. */
const SHOWN = `c.id, c.case_no, c.title, c.status, c.confidentiality, c.anonymity, c.channel, c.category, c.holder_unit_id, c.organ_id,
  c.received_at, c.imported, c.version, u.name_zh, u.name_en, u.time_zone, null as due, null as due_clock, false as unread,
  (select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words)) from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as covered`;
const SHOWN_OF = `cross join lateral (select * from kernel.cases c where c.id = x.case_id offset 0) c
  cross join lateral (select * from kernel.units u where u.id = c.holder_unit_id offset 0) u`;

/** Cases as a list shows them, in the order of the ids. */
export async function itemsOf(client: PoolClient, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { rows } = await client.query({
    name: "found_cases",
    text: `select ${SHOWN} from unnest($1::uuid[]) with ordinality x(case_id, n) ${SHOWN_OF} order by x.n`,
    values: [ids],
  });
  return rows;
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
  const after = readCursor(input.cursor);
  const number = caseNoOf(input.q);
  const words = textQuery(input.q);
  if (!number && !words.han && !words.words) return { items: [], nextCursor: null };
  const rows = await readAs(k, actor, async (client) =>
    number
      ? itemsOf(client, await findByNumber(client, actor, number))
      : searchWords<Raw>(client, actor, { words, after, limit: input.limit + 1 }, SHOWN, SHOWN_OF),
  );
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((r) => queueItemOf(k, r)),
    nextCursor: rows.length > input.limit && last ? writeCursor([last.received_at.toISOString(), last.id]) : null,
  };
}
