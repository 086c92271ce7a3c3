import { DoorstepError, type OwnData } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { keptUntil } from "../retention/due.ts";
import { personOfCase } from "./identity.ts";

/** 林小满 -> 林**; one who finds a code learns no name. */
const maskedName = (name: string): string => `${[...name][0] ?? ""}**`;
/** The last digits or the start of an address: enough to see whether it is still the right one. */
const maskedContact = (contact: string): string =>
  contact.includes("@") ? `${contact.slice(0, 1)}***${contact.slice(contact.indexOf("@"))}` : `***${contact.slice(-4)}`;

/** What is held on him; that it was looked at stands in the ledger like every other opening of the vault. */
export async function readOwnData(k: Kernel, caseId: string, byAccount: boolean): Promise<OwnData> {
  const { rows } = await k.pool.query<{ cut_on: string | null; destroyed_on: string | null }>(
    "select identity_cut_on::text as cut_on, destroyed_on::text as destroyed_on from kernel.cases where id = $1",
    [caseId],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("case.notFound");
  if (row.destroyed_on) throw new DoorstepError("case.destroyed", { on: row.destroyed_on });
  const [person, file, link] = await Promise.all([
    personOfCase(k, caseId),
    keptUntil(k.pool, "caseFile", caseId),
    keptUntil(k.pool, "identity", caseId),
  ]);
  if (person)
    await recordAccess(k, { type: "data.ownRead", actor: "petitioner", facts: { case: caseId, masked: !byAccount } });
  return {
    identity: person && {
      name: byAccount ? person.identity.name : maskedName(person.identity.name),
      contact: byAccount ? person.identity.contact : maskedContact(person.identity.contact),
      kind: person.identity.kind,
      masked: !byAccount,
      corrections: person.corrections,
    },
    cutOn: row.cut_on,
    file,
    person: link,
  };
}
