import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { Accounts, Slip } from "./accounts.ts";
import { assertAdministers, assertAdministersAllRoles, lockPerson } from "./authority.ts";

/**
 * Mends a forgotten password or a lost second factor: a one-time password on paper, after the person has shown who he is.
 * All his sessions end. One's own account is mended by somebody else: a stolen session must not outlive its password.
 *
 * @throws DoorstepError `person.notFound`, `grant.outside`, `account.ownSlip`, `account.disabled`
 */
export async function issueSlip(
  change: Change,
  actor: Actor,
  accounts: Accounts,
  input: { readonly personId: string; readonly resetSecondFactor: boolean },
): Promise<Slip> {
  const person = await lockPerson(change, input.personId);
  await assertAdministers(change, actor, person);
  if (person.id === actor.personId) throw new DoorstepError("account.ownSlip");
  await assertAdministersAllRoles(change, actor, person);
  if (!person.active) throw new DoorstepError("account.disabled");
  const slip = await accounts.issueSlip(
    change.client,
    { personId: person.id, username: person.username },
    { resetSecondFactor: input.resetSecondFactor },
  );
  await recordFact(change.client, {
    stream: person.unitId,
    at: change.at,
    type: "account.mended",
    actor: change.by,
    facts: { person: person.id, identityChecked: true, resetSecondFactor: input.resetSecondFactor },
  });
  return slip;
}
