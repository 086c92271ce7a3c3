import type { Kernel } from "../kernel.ts";
import { apply } from "../pipeline/apply.ts";
import { inTransaction } from "../transaction.ts";
import { MARK } from "../vault/protected-text.ts";
import { resealed } from "./reseal.ts";

const AT_ONCE = 200;

const plain = (column: string): string => `${column} <> '' and ${column} not like '${MARK}%'`;

/** Puts under its organ's key what an earlier version left in plain text in the cases of organs. @returns how many. */
export async function sealLeftovers(k: Pick<Kernel, "pool" | "keys">): Promise<number> {
  const { rows } = await k.pool.query<{ id: string }>(
    `select c.id from kernel.cases c where c.organ_id is not null and (
        ${plain("c.title")} or ${plain("c.body")} or ${plain("c.already_tried")} or ${plain("c.desired_outcome")}
        or exists (select from kernel.messages m where m.case_id = c.id and ${plain("m.text")})
        or exists (select from kernel.recusals r where r.case_id = c.id and ${plain("r.reason")})
        or exists (select from kernel.legs l where l.case_id = c.id and ${plain("l.reason")})
        or exists (select from vault.requests q where q.case_id = c.id and ${plain("q.reason")})
        or exists (select from vault.openings o where o.case_id = c.id and ${plain("o.purpose")})
        or exists (select from kernel.unit_letters l where l.case_id = c.id and l.facts <> '{}' and not l.facts ? '$sealed')
        or exists (select from kernel.notices n where n.case_id = c.id and not n.facts ? '$sealed'))
      limit ${AT_ONCE}`,
  );
  for (const { id } of rows) await sealOne(k, id);
  return rows.length;
}

const sealOne = (k: Pick<Kernel, "pool" | "keys">, caseId: string): Promise<void> =>
  inTransaction(k.pool, async (client) => {
    // whoever acts on the case changes its row: from here on nobody does
    const { rows } = await client.query<{ organId: string }>(
      `select organ_id as "organId" from kernel.cases where id = $1 for update`,
      [caseId],
    );
    const [found] = rows;
    if (!found) return;
    const sealed = await resealed(
      { pool: client as never, keys: k.keys },
      { caseId, from: found.organId, to: found.organId },
    );
    await apply(client, { ...sealed.batch, resealed: [{ id: caseId, ...sealed.own }] });
  });
