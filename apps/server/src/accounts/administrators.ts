import { DoorstepError } from "@doorstep/contracts";
import {
  appointAdministrator,
  foundHouse,
  inChange,
  isEmptyHouse,
  type NewAdministrator,
  type NewHouse,
  recordFact,
  type Slip,
} from "@doorstep/kernel";
import type { Platform } from "../open-platform.ts";
import { normaliseUsername } from "./accounts.ts";

type Deps = Pick<Platform, "kernel" | "accounts">;

/** What whoever sits at the server may do without a browser: it is he who holds the key and the database anyway. */
const AT_THE_SERVER = "system";

/**
 * Appoints an administrator of the platform with a one-time password; founds the organisation first where there is none.
 *
 * @throws DoorstepError `unit.notFound` without an organisation, `person.usernameTaken`, `setup.done`.
 */
export async function createAdministrator(
  { kernel, accounts }: Deps,
  person: NewAdministrator,
  house?: NewHouse,
): Promise<Slip> {
  return await inChange(kernel, AT_THE_SERVER, async (change) => {
    if (house && (await isEmptyHouse(change.client))) await foundHouse(change, house);
    const { personId } = await appointAdministrator(change, person);
    const [slip] = await accounts.createAccounts(change.client, [{ personId, username: person.username }]);
    if (!slip) throw new Error("no slip for a new account");
    return slip;
  });
}

/**
 * Mends any account from the server itself: a one-time password, and the second factor forgotten where asked. All
 * sessions of the person end; the ledger says that it was done here.
 *
 * @throws DoorstepError `person.notFound`, `account.disabled`.
 */
export async function resetAccount(
  { kernel, accounts }: Deps,
  username: string,
  options: { readonly resetSecondFactor: boolean },
): Promise<Slip> {
  return await inChange(kernel, AT_THE_SERVER, async (change) => {
    const { rows } = await change.client.query<{ id: string; unit_id: string; active: boolean }>(
      "select id, unit_id, active from kernel.people where username = $1 for update",
      [normaliseUsername(username)],
    );
    const [person] = rows;
    if (!person) throw new DoorstepError("person.notFound");
    if (!person.active) throw new DoorstepError("account.disabled");
    const slip = await accounts.issueSlip(change.client, { personId: person.id, username }, options);
    await recordFact(change.client, {
      stream: person.unit_id,
      at: change.at,
      type: "account.mended",
      actor: change.by,
      facts: { person: person.id, atTheServer: true, resetSecondFactor: options.resetSecondFactor },
    });
    return slip;
  });
}
