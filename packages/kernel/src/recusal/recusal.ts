import { type Acted, DoorstepError } from "@doorstep/contracts";
import { acted } from "../cases/acted.ts";
import { noteRow } from "../cases/note-row.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import { guard, type Scene } from "../life-cycle/rule.ts";
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
    { role: "chargeLeader", at: "holder" },
    { role: "chargeLeader", at: "above" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry: "recusal.declared",
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

const asking: SideAct = {
  ...declaring,
  act: "askRecusal",
  who: [{ role: "petitioner", at: "case" }],
  guards: [guard("recusal.noHandler", "SD15:12(4)", (c) => c.handlerId !== null)],
  entry: "recusal.asked",
};

const askingFor: SideAct = {
  ...asking,
  act: "askRecusalFor",
  who: [
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
};

interface Ask {
  /** whoever handles the case, where nobody is named */
  readonly personId: string | null;
  readonly reason: string;
}

const standing = async (k: Kernel, caseId: string, personId: string | null): Promise<Asked | undefined> =>
  (
    await k.pool.query<Asked>(
      "select source, state, reason from kernel.recusals where case_id = $1 and person_id = $2",
      [caseId, personId],
    )
  ).rows[0];

/**
 * The petitioner wants somebody to stand out: he is out at once, and stays so until it is decided [SD15:12(4)]. Why is
 * read by those who decide, never in the thread, where that person would find it if he came back.
 */
const ask = (act: SideAct): Command<Ask, Acted> => ({
  act,
  async prepare(k, c, i) {
    const personId = i.personId ?? c.handlerId;
    if (i.personId) {
      const { rowCount } = await k.pool.query("select 1 from kernel.people where id = $1", [i.personId]);
      if (!rowCount) throw new DoorstepError("person.notFound");
    }
    return standing(k, c.id, personId);
  },
  checks(_c, _s, _i, _party, found) {
    const before = found as Asked | undefined;
    if (!before) return [];
    if (before.state !== "refused") return [{ code: "recusal.standsOut" }];
    return before.source === "petitioner" ? [{ code: "recusal.askedBefore" }] : [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const person = i.personId ?? c.handlerId;
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: { person, by: party.kind === "petitioner" ? "petitioner" : "office" },
      ...(party.kind === "petitioner" && { patch: { petitionerWroteAt: at } }),
      rows: {
        recusals: [
          {
            person_id: person,
            case_id: c.id,
            source: "petitioner",
            state: "asked",
            reason: shelterOf(k.keys, c).protect(places.recusal(c.id, person ?? ""), i.reason),
            at,
          },
        ],
      },
    };
  },
});

/** By the petitioner himself, of whoever handles his case. */
export const askRecusal = ask(asking);

/** By the office for him, of anybody. */
export const askRecusalFor = ask(askingFor);

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
    // on the unit's own leader the next one decides [SD15:17]
    { role: "signer", at: "above" },
    { role: "discipline", at: "organ" },
  ],
  entry: "recusal.decided",
};

/** Whether this person decides on who stands out of the case: asked for the list of the case's page. */
export const mayDecideRecusals = (c: LoadedCase, party: ActingParty, s: Scene): boolean =>
  refusals({ ...deciding, id: "T0", notice: [], source: "SPEC:6" }, c, party, s).length === 0;

interface Asked {
  readonly source: string;
  readonly state: string;
  readonly reason: string;
}

/** Decided by the unit's leader or the one above, never by the person himself [SD15:17]; why is a note in the file. */
const decide: Command<Decision, { readonly ok: true }> = {
  act: deciding,
  prepare: (k, c, i) => standing(k, c.id, i.personId),
  checks(_c, _s, i, party, found) {
    const asked = found as Asked | undefined;
    if (!asked || !isDecidable(asked.source)) return [{ code: "recusal.notFound" }];
    return party.kind === "person" && party.actor.personId === i.personId ? [{ code: "second.samePerson" }] : [];
  },
  decide(k, loaded, s, i, party, found) {
    const at = s.now.toISOString();
    const c = loaded.case;
    const { source, reason } = found as Asked;
    // the petitioner gets the decision on what he asked, in words
    const visibility = source === "petitioner" ? "petitioner" : "internal";
    return {
      result: { ok: true },
      facts: { person: i.personId, granted: i.granted, source },
      ...(i.granted && c.handlerId === i.personId && { patch: { handlerId: null } }),
      rows: {
        messages: [noteRow(k, c, { at, text: i.reason, visibility, party })],
        recusal_patch: [
          {
            person_id: i.personId,
            case_id: c.id,
            state: i.granted ? "granted" : "refused",
            reason,
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
