import { type Acted, type PetitionerIdentity, states } from "@doorstep/contracts";
import { partyRows } from "../intake/party-rows.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { type Conflict, conflictRows, conflictsOf, personNamed } from "../recusal/conflicts.ts";
import { acted } from "./acted.ts";

interface Said {
  /** to whom: the custodian alone, or the office in charge, too */
  readonly anonymity: "confidential" | "named";
  readonly petitioner: PetitionerIdentity;
}

const identify: SideAct = {
  act: "identify",
  from: states,
  to: "same",
  who: [{ role: "petitioner", at: "case" }],
  guards: [],
  clocks: [],
  entry: "case.identified",
};

/**
 * Somebody who wrote anonymously says who he is, of his own accord and from that moment on: what was done and written
 * before stays what somebody unknown did. The name goes straight to the vault, and his kin stand out, as at filing.
 */
export const identifyLater: Command<Said, Acted> = {
  act: identify,
  checks: (c) => (c.anonymity === "anonymous" ? [] : [{ code: "identity.known" }]),
  prepare: async (k, _c, i) => conflictsOf(k, { people: [], units: [], petitionerId: await personNamed(k, i) }),
  decide(k, loaded, s, i, _party, prepared) {
    const c = loaded.case;
    const found = prepared as readonly Conflict[];
    const isOut = found.some((one) => one.personId === c.handlerId);
    return {
      result: acted(c),
      facts: { anonymity: i.anonymity },
      patch: { anonymity: i.anonymity, ...(isOut && { handlerId: null }) },
      rows: { ...partyRows(k, c.id, i, null), recusals: conflictRows(c.id, s.now.toISOString(), found) },
    };
  },
};
