import { noteRow } from "../cases/note-row.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { type Command, execute, type On, type SideAct } from "../pipeline/execute.ts";

const everywhere: SideAct["from"] = [
  "received",
  "registered",
  "routed",
  "accepted",
  "inHandling",
  "replied",
  "review",
  "rereview",
];
const declaring: SideAct = {
  act: "declareRecusal",
  from: everywhere,
  to: "same",
  who: [
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "signer", at: "holder" },
    { role: "reviewer", at: "holder" },
    { role: "handler", at: "holder" },
    { role: "handler", at: "case" },
    { role: "custodian", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry: "recusal.declared",
  offered: true,
};

/** Who declares a conflict is out at once: he sees and touches the case no more until it is decided otherwise [R22:28]. */
const declare: Command<{ readonly reason: string }, { readonly ok: true }> = {
  act: declaring,
  decide(k, loaded, s, i, party) {
    const person = party.kind === "person" ? party.actor.personId : null;
    return {
      result: { ok: true },
      facts: { person },
      ...(person === loaded.case.handlerId && { patch: { handlerId: null } }),
      rows: {
        recusals: person
          ? [
              {
                person_id: person,
                case_id: loaded.case.id,
                source: "self",
                state: "granted",
                reason: shelterOf(k.keys, loaded.case).protect(places.recusal(loaded.case.id, person), i.reason),
                at: s.now.toISOString(),
              },
            ]
          : [],
      },
    };
  },
};

export const declareRecusal = (k: Kernel, on: On, reason: string): Promise<{ readonly ok: true }> =>
  execute(k, declare, on, { reason });

interface Decision {
  readonly personId: string;
  readonly granted: boolean;
  readonly reason: string;
}

/** A check of the system is no request that somebody could grant or refuse [SPEC §6(8)]. */
export const isDecidable = (source: string): boolean => source !== "computed";

const deciding: SideAct = {
  ...declaring,
  act: "decideRecusal",
  who: [
    { role: "signer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  entry: "recusal.decided",
};

/** Whether this person decides on who stands out of the case: asked for the list of the case's page. */
export const mayDecideRecusals = (c: LoadedCase, party: ActingParty, s: Scene): boolean =>
  refusals({ ...deciding, id: "T0", notice: [], source: "SPEC:6" }, c, party, s).length === 0;

interface Asked {
  readonly source: string;
  readonly reason: string;
}

/** Decided by the unit's leader, never by the person himself [SD15:17]; why is a note in the file. */
const decide: Command<Decision, { readonly ok: true }> = {
  act: deciding,
  async prepare(k, c, i) {
    const { rows } = await k.pool.query<Asked>(
      "select source, reason from kernel.recusals where case_id = $1 and person_id = $2",
      [c.id, i.personId],
    );
    return rows[0];
  },
  checks(_c, _s, i, party, found) {
    const asked = found as Asked | undefined;
    if (!asked || !isDecidable(asked.source)) return [{ code: "recusal.notFound" }];
    return party.kind === "person" && party.actor.personId === i.personId ? [{ code: "second.samePerson" }] : [];
  },
  decide(k, loaded, s, i, party, found) {
    const at = s.now.toISOString();
    return {
      result: { ok: true },
      facts: { person: i.personId, granted: i.granted },
      rows: {
        messages: [noteRow(k, loaded.case, { at, text: i.reason, visibility: "internal", party })],
        recusal_patch: [
          {
            person_id: i.personId,
            case_id: loaded.case.id,
            state: i.granted ? "granted" : "refused",
            reason: (found as Asked).reason,
            decided_by: party.kind === "person" ? party.actor.personId : null,
            at,
          },
        ],
      },
    };
  },
};

export const decideRecusal = (k: Kernel, on: On, decision: Decision): Promise<{ readonly ok: true }> =>
  execute(k, decide, on, decision);
