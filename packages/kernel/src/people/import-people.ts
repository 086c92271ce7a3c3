import {
  type ErrorCode,
  grantableRole,
  type ImportReport,
  type PersonKind,
  personKinds,
  type Role,
  serviceNumber,
  type UnitSummary,
} from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMayAt, holdsAt } from "../actor-scope.ts";
import { type Change, ledgerActorOf } from "../change.ts";
import { canonicalRow } from "../import-rows/canonical-row.ts";
import {
  type ImportAction,
  importRows,
  type Problem,
  problem,
  RowProblems,
  toReport,
} from "../import-rows/import-rows.ts";
import type { Kernel } from "../kernel.ts";
import { standOutSince } from "../recusal/stand-out.ts";
import { unitPath } from "../units/unit-path.ts";
import type { AccountHolder, Slip } from "./accounts.ts";
import { lockPerson } from "./authority.ts";
import { grantRole } from "./change-grants.ts";
import { createPerson, updatePerson, usernameOf } from "./change-person.ts";
import { kindLabels, roleLabels } from "./labels.ts";
import { grantsOf } from "./read-grants.ts";

const NAME_MAX = 60;

interface PersonRow {
  readonly username: string;
  readonly name: string;
  readonly kind: PersonKind;
  readonly unitCode: string;
  readonly roles: readonly Role[];
}

/** What a row wants, or everything that is wrong with it. */
function readRow(raw: Readonly<Record<string, string>>): { row: PersonRow; problems: readonly Problem[] } {
  const { username = "", name = "", kind = "", unit = "", role = "" } = canonicalRow(raw);
  const problems: Problem[] = [];
  for (const [column, value] of Object.entries({ username, name, unit }))
    if (!value) problems.push(problem(column, "import.columnMissing", { column }));
  if (username && !serviceNumber.safeParse(username).success) problems.push(problem("username", "person.usernameForm"));
  if (name.length > NAME_MAX) problems.push(problem("name", "input.tooLarge"));
  const known = labelled(kind, personKinds, kindLabels);
  if (!known) problems.push(problem("kind", "person.kindUnknown", { kind }));
  const roles = role
    .split(/[;；,，、]/u)
    .map((word) => word.trim())
    .filter(Boolean);
  const held = roles.map((word) => grantableRole.safeParse(labelled(word, undefined, roleLabels)));
  if (held.some((result) => !result.success)) problems.push(problem("role", "person.roleUnknown", { role }));
  return {
    row: {
      username: usernameOf(username),
      name,
      kind: known ?? "officer",
      unitCode: unit,
      roles: held.flatMap((result) => (result.success ? [result.data] : [])),
    },
    problems,
  };
}

/** A code as it is, or what people write for it in either language. */
function labelled<T extends string>(
  word: string,
  codes: readonly T[] | undefined,
  labels: Readonly<Record<string, T>>,
): T | undefined {
  const found = labels[word.toLowerCase()];
  return found ?? codes?.find((code) => code === word);
}

const columnOf = (code: ErrorCode): string => {
  if (code.startsWith("grant.")) return "role";
  return code.startsWith("unit.") ? "unit" : "username";
};

/**
 * Brings people to a list, matched by user name; a second run changes nothing. Roles of the list are added, none is
 * taken away. New people get an account each, whose one-time passwords are given out once, here.
 */
export async function importPeople(
  kernel: Kernel,
  actor: Actor,
  input: { readonly rows: readonly Readonly<Record<string, string>>[]; readonly apply: boolean },
): Promise<ImportReport & { slips: Slip[] }> {
  const seen = new Set<string>();
  const early: ImportReport["rows"] = [];
  const rows = input.rows.flatMap((raw, index) => {
    const { row, problems } = readRow(raw);
    const repeated = seen.has(row.username) ? [problem("username", "import.repeatedKey", { key: row.username })] : [];
    if (row.username) seen.add(row.username);
    const all = problems.length > 0 ? problems : repeated;
    if (all.length === 0) return [{ row: index + 1, key: row.username, value: row }];
    early.push({ row: index + 1, key: row.username, action: "error", problems: [...all] });
    return [];
  });

  const created: AccountHolder[] = [];
  const touched: string[] = [];
  const slips: Slip[] = [];
  const done = await importRows(kernel, {
    by: ledgerActorOf(actor),
    rows,
    apply: input.apply,
    columnOf,
    before: () => Promise.resolve(undefined),
    each: async (change, row) => {
      const { action, personId } = await importPerson(kernel, change, actor, row);
      if (action === "create") created.push({ personId, username: row.username });
      if (action !== "same") touched.push(personId);
      return action;
    },
    after: async (change) => {
      if (created.length > 0) slips.push(...(await kernel.accounts.createAccounts(change.client, created)));
    },
  });
  // as after every other change of a person's place or duties [SPEC §16(5)]
  if (input.apply) for (const personId of touched) await standOutSince(kernel, personId);
  return { ...toReport([...done.rows, ...early], input.apply), slips };
}

async function importPerson(
  kernel: Kernel,
  change: Change,
  actor: Actor,
  row: PersonRow,
): Promise<{ action: ImportAction; personId: string }> {
  const unitId = await unitByCode(change, row.unitCode);
  assertMayAt(actor, "people.manage", await unitPath(change.client, unitId), "grant.outside");
  const { rows } = await change.client.query<{ id: string }>("select id from kernel.people where username = $1", [
    row.username,
  ]);
  const known = rows[0]?.id;
  const personId = known ?? (await createPerson(change, { ...row, unitId }));
  const updated = known !== undefined && (await updateIfNeeded(kernel, change, actor, known, { ...row, unitId }));
  const granted = await addRoles(change, actor, personId, unitId, row.roles);
  if (known === undefined) return { action: "create", personId };
  return { action: updated || granted ? "update" : "same", personId };
}

async function unitByCode(change: Change, code: string): Promise<UnitSummary["id"]> {
  const { rows } = await change.client.query<{ id: string }>(
    "select id from kernel.units where lower(code) = lower($1)",
    [code],
  );
  if (!rows[0]) throw new RowProblems([problem("unit", "import.unknownUnit", { unit: code })]);
  return rows[0].id;
}

async function updateIfNeeded(
  kernel: Kernel,
  change: Change,
  actor: Actor,
  personId: string,
  row: PersonRow & { readonly unitId: string },
): Promise<boolean> {
  const person = await lockPerson(change, personId);
  // Somebody of a unit the actor does not administer: that the name is taken is all he may learn.
  if (!holdsAt(actor, "people.manage", await unitPath(change.client, person.unitId)))
    throw new RowProblems([problem("username", "person.usernameTaken", { username: row.username })]);
  if (person.name === row.name && person.kind === row.kind && person.unitId === row.unitId) return false;
  const { name, kind, unitId } = row;
  await updatePerson(change, actor, kernel.accounts, { personId, version: person.version, name, kind, unitId });
  return true;
}

async function addRoles(
  change: Change,
  actor: Actor,
  personId: string,
  unitId: string,
  roles: readonly Role[],
): Promise<boolean> {
  const held = await grantsOf(change.client, [personId], change.at);
  const missing = roles.filter((role) => !held.some((grant) => grant.role === role && grant.unit.id === unitId));
  for (const role of missing)
    await grantRole(change, actor, { personId, role, unitId, subtree: false, until: null, why: "" });
  return missing.length > 0;
}
