import type { Kernel } from "../kernel.ts";
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
  decide(_k, loaded, s, i, party) {
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
                reason: i.reason,
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

const deciding: SideAct = {
  ...declaring,
  act: "decideRecusal",
  who: [
    { role: "signer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  entry: "recusal.decided",
};

/** Decided by the unit's leader, never by the person himself [SD15:17]. */
const decide: Command<Decision, { readonly ok: true }> = {
  act: deciding,
  async prepare(k, c, i) {
    const { rowCount } = await k.pool.query("select 1 from kernel.recusals where case_id = $1 and person_id = $2", [
      c.id,
      i.personId,
    ]);
    return (rowCount ?? 0) > 0;
  },
  checks(_c, _s, i, party, known) {
    if (!known) return [{ code: "recusal.notFound" }];
    return party.kind === "person" && party.actor.personId === i.personId ? [{ code: "second.samePerson" }] : [];
  },
  decide(_k, loaded, s, i, party) {
    return {
      result: { ok: true },
      facts: { person: i.personId, granted: i.granted },
      rows: {
        recusal_patch: [
          {
            person_id: i.personId,
            case_id: loaded.case.id,
            state: i.granted ? "granted" : "refused",
            reason: i.reason,
            decided_by: party.kind === "person" ? party.actor.personId : null,
            at: s.now.toISOString(),
          },
        ],
      },
    };
  },
};

export const decideRecusal = (k: Kernel, on: On, decision: Decision): Promise<{ readonly ok: true }> =>
  execute(k, decide, on, decision);
