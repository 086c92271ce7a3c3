import { type DeskView, DoorstepError, type Permission, rolePermissions } from "@doorstep/contracts";
import { type Actor, mayAnywhere } from "../actor.ts";
import { inScope, scopeOf } from "../actor-scope.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { caseIdOf } from "../cases/read-case.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { countCases } from "../queue/list-cases.ts";
import { loadActor } from "./load-actor.ts";

/** Roles he holds where the administrator administers; what he has elsewhere is another administrator's matter. */
const ADMINISTERED = `select p.unit_id as "unitId", array(select g.id from kernel.role_grants r
    join kernel.units g on g.id = r.unit_id where r.person_id = p.id and r.revoked_on is null and ${inScope("g", "$2", "$3")}) as units,
  ${inScope("u", "$2", "$3")} as home from kernel.people p join kernel.units u on u.id = p.unit_id where p.id = $1`;

/**
 * The person as far as the administrator may look over his shoulder: by roles alone, so that no accusation and nothing
 * that was opened to him is counted or told.
 */
async function administered(k: Kernel, asker: Actor, personId: string): Promise<{ person: Actor; unitId: string }> {
  const { subtree, flat } = scopeOf(asker, "people.manage");
  const [{ rows }, found] = await Promise.all([
    k.pool.query<{ unitId: string; units: readonly string[]; home: boolean }>(ADMINISTERED, [personId, subtree, flat]),
    loadActor(k, personId, k.now()),
  ]);
  const [row] = rows;
  if (!row || !found || (!row.home && row.units.length === 0)) throw new DoorstepError("person.notFound");
  const units = new Set(row.units);
  const person = {
    ...found,
    grants: found.grants.filter((grant) => units.has(grant.unitId)),
    reach: found.reach.filter((reach) => units.has(reach.key)),
  };
  return { person, unitId: row.unitId };
}

/** Whether the case opens to him. One that is not there, and one the asker must stand out of, does not. */
async function opensTo(k: Kernel, person: Actor, asker: Actor, caseId: string): Promise<boolean> {
  const [seen, out] = await Promise.all([
    k.pool.query({ name: "may_see", text: MAY_SEE, values: [...maySeeValues(person, caseId)] }),
    k.pool.query("select from kernel.recusals where person_id = $1 and case_id = $2 and state <> 'refused'", [
      asker.personId,
      caseId,
    ]),
  ]);
  return (seen.rowCount ?? 0) > 0 && out.rowCount === 0;
}

interface Preview {
  readonly permissions: Permission[];
  readonly counts: Record<DeskView, number> | null;
  readonly opens: boolean | null;
}

/**
 * What this person is shown: his rights, how many cases his lists hold, whether a case of a number opens to him. Never
 * what stands in them. Whoever looks is in the ledger before the answer leaves.
 *
 * @throws DoorstepError `person.notFound`
 */
export async function previewPerson(
  k: Kernel,
  asker: Actor,
  input: { readonly personId: string; readonly caseNo: string },
): Promise<Preview> {
  const { person, unitId } = await administered(k, asker, input.personId);
  const caseId = input.caseNo === "" ? null : await caseIdOf(k, input.caseNo);
  const counts = mayAnywhere(person, "desk.use") ? await countCases(k, person, undefined, asker.personId) : null;
  const opens = caseId === null ? null : await opensTo(k, person, asker, caseId);
  await inChange(k, ledgerActorOf(asker), (change) =>
    recordFact(change.client, {
      stream: unitId,
      at: change.at,
      type: "person.previewed",
      actor: change.by,
      // a number that does not open is kept by nobody: it may be an accusation's
      facts: { person: person.personId, asked: caseId !== null, ...(opens && { case: caseId }) },
    }),
  );
  return {
    permissions: [...new Set(person.grants.flatMap((grant) => rolePermissions[grant.role]))],
    counts,
    opens,
  };
}
