import type { ClientBase, Pool } from "pg";
import { wake } from "../outbox/wake.ts";
import { type ArmName, arms, type Batch } from "./batch.ts";

const statements = new Map<string, { readonly name: string; readonly text: string }>();

/** Arms whose row count must match what was meant: a lost race undoes the whole statement. */
const counted: readonly { readonly arm: ArmName; readonly cte: string; readonly expect: string }[] = [
  // the units first: a move locks them before it touches cases
  { arm: "unit_fence", cte: "unit_fence", expect: "expect_tree" },
  { arm: "patch", cte: "patched", expect: "expect" },
  { arm: "file_claims", cte: "upd_file_claims", expect: "expect" },
];

function statementFor(shape: readonly string[]): { readonly name: string; readonly text: string } {
  const id = shape.join("+");
  const known = statements.get(id);
  if (known) return known;
  const checks = counted
    .filter((c) => shape.includes(c.arm))
    .map(
      (c) => `kernel.${c.expect}((select count(*) from ${c.cte}), (select jsonb_array_length(j->'${c.arm}') from b))`,
    );
  const made = {
    name: `apply_${statements.size}`,
    text: `with b as (select $1::jsonb as j),\n${shape.map((k) => arms[k]).join(",\n")}\nselect ${checks.length > 0 ? checks.join(", ") : "1"}`,
  };
  statements.set(id, made);
  return made;
}

/**
 * Writes everything one command (or a chunk of them) decided: one statement, one transaction, all or nothing.
 *
 * @throws a PostgreSQL error with code `DS409` when a version has moved on, `DS410` when a unit has.
 */
export async function apply(db: Pool | ClientBase, batch: Batch): Promise<void> {
  const shape = Object.keys(arms).filter((k) => (batch[k as ArmName]?.length ?? 0) > 0);
  await db.query({ ...statementFor(shape), values: [batch] });
  if (batch.outbox) wake(db);
}

const code = (error: unknown): string => String((error as { code?: unknown }).code ?? "");
const constraint = (error: unknown): string => String((error as { constraint?: unknown }).constraint ?? "");

/** Somebody else was quicker: read again and decide again. */
export const isStale = (error: unknown): boolean =>
  code(error) === "DS409" ||
  code(error) === "40P01" ||
  // the place of a leader's case was taken in the same moment
  (code(error) === "23505" && constraint(error) === "charges_slot");

/** A unit has been moved since its place was read: read the tree again. */
export const isMoved = (error: unknown): boolean => code(error) === "DS410";

/** The same key is being worked on right now: read again and find its result. */
export const isRepeatedKey = (error: unknown): boolean =>
  code(error) === "23505" && constraint(error) === "command_log_pkey";

/** Two petitions drew the same number: draw another. */
export const isNumberTaken = (error: unknown): boolean =>
  code(error) === "23505" && constraint(error) === "cases_case_no_key";

/** Another petition was filed under this key by somebody else: the code made from it is given away already. */
export const isCodeTaken = (error: unknown): boolean =>
  code(error) === "23505" && constraint(error) === "cases_return_tag_key";
