import type { RetentionRound } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { nextEntry } from "../ledger/entry.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { blankWords } from "../organs/reseal.ts";
import { inTransaction } from "../transaction.ts";
import { open } from "../vault/seal.ts";

export type Destroying = Pick<Kernel, "pool" | "keys" | "now" | "newId" | "log">;

interface Head {
  readonly ledger_seq: number;
  readonly ledger_hash: Buffer;
  readonly holder_unit_id: string;
  readonly time_zone: string;
}

/** The case as it may be destroyed at this very moment: a hold that came meanwhile keeps it. */
const LOCK = {
  caseFile: "c.destroyed_on is null",
  identity: "c.identity_cut_on is null",
} as const;

async function lock(client: PoolClient, kind: "caseFile" | "identity", caseId: string): Promise<Head | undefined> {
  const { rows } = await client.query<Head>(
    `select c.ledger_seq, c.ledger_hash, c.holder_unit_id, u.time_zone from kernel.cases c
       join kernel.units u on u.id = c.holder_unit_id
      where c.id = $1 and c.status = 'archived' and not ('held' = any(c.flags)) and ${LOCK[kind]} for update of c`,
    [caseId],
  );
  return rows[0];
}

/** That it was done stays in the chain of the case, which goes on to hold: it never held a word of what is gone. */
async function note(
  k: Destroying,
  client: PoolClient,
  on: { readonly caseId: string; readonly kind: "caseFile" | "identity"; readonly runId: string; readonly head: Head },
): Promise<void> {
  const at = k.now().toISOString();
  const { head } = on;
  const type = on.kind === "caseFile" ? "retention.destroyed" : "retention.identityCut";
  const { row } = nextEntry(
    on.caseId,
    { seq: head.ledger_seq, hash: head.ledger_hash.toString("hex") },
    { at, type, actor: "system", facts: { class: on.kind, run: on.runId, unit: head.holder_unit_id } },
  );
  await client.query(
    `insert into kernel.ledger (stream, seq, at, type, actor, body, prev, hash)
     values ($1, $2, $3, $4, $5, $6, $7::bytea, $8::bytea)`,
    [row.stream, row.seq, row.at, row.type, row.actor, row.body, row.prev, row.hash],
  );
  await client.query(
    `update kernel.cases set ledger_seq = $2, ledger_hash = $3::bytea, version = version + 1,
       ${on.kind === "caseFile" ? "destroyed_on" : "identity_cut_on"} = $4 where id = $1`,
    [on.caseId, row.seq, row.hash, localDateOf(at, head.time_zone)],
  );
  await client.query(
    `insert into kernel.outbox (id, at, case_id, seq, unit_id, type, payload) values ($1, $2, $3, $4, $5, $6, $7)`,
    [k.newId(), at, on.caseId, row.seq, head.holder_unit_id, type, { class: on.kind }],
  );
  await client.query("insert into kernel.destructions (case_id, class, run_id, at) values ($1, $2, $3, $4)", [
    on.caseId,
    on.kind,
    on.runId,
    at,
  ]);
}

/** The person's record goes with its key, and with it every way from the case to the person. */
async function cutIdentity(k: Destroying, client: PoolClient, caseId: string): Promise<void> {
  const { rows } = await client.query<{ id: string; sealed: Buffer }>(
    "select id, sealed from kernel.party_links where case_id = $1",
    [caseId],
  );
  const people = rows.map((link) => open(k.keys.link.key, link.sealed, `link:${link.id}`).toString("utf8"));
  await client.query("delete from kernel.party_links where case_id = $1", [caseId]);
  await client.query("delete from vault.tags where person_id = any($1::uuid[])", [people]);
  await client.query("delete from vault.persons where id = any($1::uuid[])", [people]);
  await client.query("delete from vault.corrections where case_id = $1", [caseId]);
  await client.query("delete from kernel.case_audience where case_id = $1 and depth = -1", [caseId]);
  await client.query("delete from kernel.notifications where case_id = $1 and side = 'petitioner'", [caseId]);
}

async function destroyFile(client: PoolClient, caseId: string): Promise<void> {
  await blankWords(client, caseId);
  // without its key a file is noise already; whoever tidies takes it from the disk
  await client.query(
    `update kernel.files set case_id = null, message_id = null, name = '', dek = '', uploaded_at = 'epoch'
      where case_id = $1 or message_id in (select id from kernel.messages where case_id = $1)`,
    [caseId],
  );
  await client.query("update kernel.case_imports set stated = '{}', content_hash = '' where case_id = $1", [caseId]);
  for (const table of ["kernel.case_text", "kernel.respondents", "kernel.case_audience", "kernel.notifications"])
    await client.query(`delete from ${table} where case_id = $1`, [caseId]);
  await client.query("delete from kernel.ledger_private where stream = $1", [caseId]);
}

async function destroyCase(
  k: Destroying,
  client: PoolClient,
  kind: "caseFile" | "identity",
  caseId: string,
  runId: string,
): Promise<boolean> {
  const head = await lock(client, kind, caseId);
  if (!head) return false;
  if (kind === "caseFile") await destroyFile(client, caseId);
  else await cutIdentity(k, client, caseId);
  await note(k, client, { caseId, kind, runId, head });
  return true;
}

/** Why an identity was opened; that it was, when and by whom stays in the ledger. */
async function forgetPurpose(client: PoolClient, openingId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update vault.openings o set purpose = '' from kernel.cases c
      where o.id = $1 and o.purpose <> '' and c.id = o.case_id and not ('held' = any(c.flags))`,
    [openingId],
  );
  return rowCount === 1;
}

/** Why somebody wished to open a number that stood for nothing; that he did, and when, stays. */
async function forgetReason(client: PoolClient, accessId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "update kernel.accesses set reason = '' where id = $1 and case_id is null and reason <> ''",
    [accessId],
  );
  return rowCount === 1;
}

/** What a letter said; its number, its hash and its chain stay, so that a copy can still be told from a forgery. */
async function destroyLetter(k: Destroying, client: PoolClient, letterId: string, runId: string): Promise<boolean> {
  const { rows } = await client.query<{ from_unit_id: string }>(
    `update kernel.unit_letters set facts = '{}', sent_back_reason = '', hold_asked = null, hold_by = null, hold_at = null, hold_reason = ''
        where id = $1 and case_id is null and facts <> '{}' and not held returning from_unit_id`,
    [letterId],
  );
  const [letter] = rows;
  if (!letter) return false;
  await recordFact(client, {
    ...{ stream: letterId, at: k.now(), type: "unitLetter.destroyed", actor: "system" },
    facts: { class: "unitLetters", run: runId, unit: letter.from_unit_id },
  });
  return true;
}

/** What was approved: a rule that changed meanwhile has taken that back, and waits until the one that is being destroyed is. */
async function isApproved(client: PoolClient, runId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "select 1 from kernel.retention_runs where id = $1 and state = 'approved' for share",
    [runId],
  );
  return rowCount === 1;
}

/** @returns whether it was still to be destroyed, by a round that is still approved */
export const destroyOne = (k: Destroying, kind: RetentionRound, id: string, runId: string): Promise<boolean> =>
  inTransaction(k.pool, async (client) => {
    if (!(await isApproved(client, runId))) return false;
    if (kind === "openings") return (await forgetPurpose(client, id)) || (await forgetReason(client, id));
    return kind === "unitLetters"
      ? await destroyLetter(k, client, id, runId)
      : await destroyCase(k, client, kind, id, runId);
  });
