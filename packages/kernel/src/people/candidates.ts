import { DoorstepError, type Role } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { decidersOf, handledQuashed } from "../cases/handling.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { maySee } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { isLiveGrant } from "../units/living.ts";
import { personKey } from "../vault/keys.ts";

export type CandidateRole = "handler" | "signer" | "reviewer";

interface Candidate {
  id: string;
  name: string;
  unitId: string;
}

/** Why somebody who holds the role must not act in this case [SPEC §6(8), §16]. */
export function conflictsOf(c: LoadedCase, person: Pick<Candidate, "id" | "unitId">, role: CandidateRole): string[] {
  const refusals: string[] = [];
  if (c.recused.includes(person.id) || c.respondentPeople.includes(person.id)) refusals.push("recused");
  if (c.respondentUnits.includes(person.unitId)) refusals.push("unit.notRespondent");
  if (role === "handler" && handledQuashed(c, person.id)) refusals.push("handler.sameAsBefore");
  const draft = c.notices.find((notice) => notice.state === "submitted");
  if (role === "signer" && (draft?.draftedBy === person.id || c.handlerId === person.id))
    refusals.push("second.samePerson");
  if (role === "reviewer" && c.actors.some((actor) => actor.personId === person.id))
    refusals.push("review.involvedBefore");
  return refusals;
}

/** An accusation stays inside the discipline organ, whatever the part. */
const rolesFor = (c: LoadedCase, role: CandidateRole): readonly Role[] =>
  c.confidentiality === 3 ? ["discipline"] : [role];

/**
 * Who could take the part where the case is held now; those who must not are named with the reason, so that nobody
 * wonders where they are.
 *
 * @throws DoorstepError `case.notFound` also where the actor may not see the case
 */
export async function candidates(
  kernel: Kernel,
  actor: Actor,
  input: { readonly caseId: string; readonly role: CandidateRole },
): Promise<{ id: string; name: string; refusals: string[] }[]> {
  const loaded = await loadCase(kernel.pool, input.caseId, "", "");
  if (!loaded || !maySee({ kind: "person", actor }, loaded.case, loaded.audience))
    throw new DoorstepError("case.notFound");
  const c = loaded.case;
  const path = c.confidentiality === 3 && c.organUnitId ? [c.organUnitId] : c.holderPath;
  const { rows } = await kernel.pool.query<Candidate>(
    `select p.id, p.name, p.unit_id as "unitId" from kernel.people p
      where p.active and exists (select 1 from kernel.role_grants g join kernel.units gu on gu.id = g.unit_id
         where g.person_id = p.id and g.role = any($1::text[])
           and (g.unit_id = $2 or (g.subtree and g.unit_id = any($3::uuid[])))
           and ${isLiveGrant("g", "gu", "$4")})
      order by p.name_pinyin, p.id limit 200`,
    [rolesFor(c, input.role), path[0], path, kernel.now()],
  );
  const decided = new Set(input.role === "handler" ? await decidersOf(kernel, c) : []);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    refusals: [
      ...conflictsOf(c, row, input.role),
      ...(c.audience.includes(personKey(kernel.keys, row.id)) ? ["recused"] : []),
      ...(decided.has(row.id) ? ["handler.decidedBefore"] : []),
    ],
  }));
}
