import { type Acted, type PetitionerIdentity, states } from "@doorstep/contracts";
import { partyRows } from "../intake/party-rows.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
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
  offered: true,
};

/**
 * Somebody who wrote anonymously says who he is, of his own accord and from that moment on: what was done and written
 * before stays what somebody unknown did. The name goes straight to the vault, as at filing.
 */
export const identifyLater: Command<Said, Acted> = {
  act: identify,
  checks: (c) => (c.anonymity === "anonymous" ? [] : [{ code: "identity.known" }]),
  decide(k, loaded, _s, i) {
    const c = loaded.case;
    return {
      result: acted(c),
      facts: { anonymity: i.anonymity },
      patch: { anonymity: i.anonymity },
      rows: partyRows(k, c.id, i, null),
    };
  },
};
