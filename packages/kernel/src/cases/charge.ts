import { type Acted, type endChargeInput, states } from "@doorstep/contracts";
import type { z } from "zod";
import { holdsRoleAt } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { notAccusation } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { acted, personOf } from "./acted.ts";
import { noteRow } from "./note-row.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/** So many cases a leader has at once, at most [SPEC 11.3]. */
const MOST = 5;
const SLOTS = Array.from({ length: MOST }, (_, n) => n + 1);

const leaders: SideAct["who"] = [
  { role: "chargeLeader", at: "holder" },
  { role: "chargeLeader", at: "above" },
];
const side = (act: string, entry: SideAct["entry"], more: Partial<SideAct>): SideAct => ({
  act,
  from: states,
  to: "same",
  who: leaders,
  guards: [],
  clocks: [],
  entry,
  ...more,
});

const taking = side("takeCharge", "charge.taken", {
  from: ["registered", "routed", "accepted", "inHandling", "replied", "review", "rereview"],
  without: ["leaderTaken"],
  sets: "leaderTaken",
  // an accusation is the discipline organ's alone
  guards: [notAccusation],
});
const ending = side("endCharge", "charge.ended", {
  with: ["leaderTaken"],
  clears: "leaderTaken",
  // of a leader who has left his post
  who: [...leaders, { role: "system", at: "anywhere" }],
});

export const chargeActs = [taking, ending] as const;

interface Taken {
  readonly leaderId: string;
  readonly slot: number;
}

/** Numbers of the places a leader has free among those that are taken. */
const freeSlots = (taken: readonly Taken[], leaderId: string | null): readonly number[] =>
  SLOTS.filter((slot) => !taken.some((t) => t.leaderId === leaderId && t.slot === slot));

/** Who has signed in the case, or is complained of, does not take it upon himself. */
function notFree(c: LoadedCase, leaderId: string | null): readonly Refusal[] {
  if (leaderId === null) return [];
  const signed = c.actors.some((a) => a.personId === leaderId && a.part === "signer");
  return signed || c.respondentPeople.includes(leaderId) ? [{ code: "charge.notFree" }] : [];
}

/** A leader takes a hard case upon himself; what he does about it belongs to modules, the mark holds without them. */
export const takeCharge: Command<object, Acted> = {
  act: taking,
  prepare: async (k): Promise<readonly Taken[]> => {
    const open = `select leader_id as "leaderId", slot from kernel.charges where ended_at is null`;
    return (await k.pool.query<Taken>(open)).rows;
  },
  checks: (c, _s, _i, party, prepared) => [
    ...notFree(c, personOf(party)),
    ...(freeSlots(prepared as readonly Taken[], personOf(party)).length === 0
      ? [{ code: "charge.tooMany", params: { max: MOST } }]
      : []),
  ],
  decide(k, loaded, s, _i, party, prepared) {
    const id = k.newId();
    const leader = personOf(party);
    const [slot] = freeSlots(prepared as readonly Taken[], leader);
    const row = { id, case_id: loaded.case.id, leader_id: leader, slot, taken_at: s.now.toISOString() };
    return { result: acted(loaded.case), facts: { charge: id, leader }, rows: { charges: [row] } };
  },
};

interface OpenCharge {
  readonly id: string;
  readonly leaderId: string;
  /** whether he has come to stand out of the case since, so that he sees it no more */
  readonly isOut: boolean;
}

async function openCharge(k: Kernel, caseId: string): Promise<OpenCharge | null> {
  const { rows } = await k.pool.query<OpenCharge>(
    `select c.id, c.leader_id as "leaderId", exists (select from kernel.recusals r
        where r.case_id = c.case_id and r.person_id = c.leader_id and r.state <> 'refused') as "isOut"
       from kernel.charges c where c.case_id = $1 and c.ended_at is null`,
    [caseId],
  );
  return rows[0] ?? null;
}

/**
 * Settled, ended for stated reasons, or handed over when he moves post: by himself, or by a leader above; where he has come
 * to stand out by any leader in charge there, else nobody else could take it. The system hands over what one had who has left.
 */
export const endCharge: Command<Typed<typeof endChargeInput>, Acted> = {
  act: ending,
  prepare: (k, c) => openCharge(k, c.id),
  checks(c, _s, _i, party, prepared) {
    const charge = prepared as OpenCharge | null;
    const own = charge !== null && charge.leaderId === personOf(party);
    const above = party.kind === "person" && holdsRoleAt(party.actor, ["chargeLeader"], c.holderPath.slice(1));
    if (charge !== null && party.kind === "system") return [];
    return own || (charge !== null && (above || charge.isOut)) ? [] : [{ code: "charge.notYours" }];
  },
  decide(k, loaded, s, i, party, prepared) {
    const charge = prepared as OpenCharge;
    const at = s.now.toISOString();
    return {
      result: acted(loaded.case),
      facts: { charge: charge.id, leader: charge.leaderId, outcome: i.outcome },
      heard: { outcome: i.outcome },
      rows: {
        charge_patch: [{ id: charge.id, ended_at: at, ended_by: personOf(party), outcome: i.outcome }],
        messages: [noteRow(k, loaded.case, { at, text: i.reason, visibility: "internal", party })],
      },
    };
  },
};
