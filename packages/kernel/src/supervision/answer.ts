import { DoorstepError, type Role, states } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Who } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type ItemRow, itemOf } from "./urge.ts";

export const answering: readonly Role[] = ["officer", "signer"];
export const urgingRoles: readonly Role[] = ["officer", "supervisor", "signer", "chargeLeader"];

const who: readonly Who[] = [
  ...urgingRoles.map((role): Who => ({ role, at: "holder" })),
  ...urgingRoles.map((role): Who => ({ role, at: "above" })),
  { role: "officer", at: "sender" },
  { role: "discipline", at: "organ" },
];
const side = (act: string, entry: SideAct["entry"]): SideAct => ({
  act,
  from: states,
  to: "same",
  who,
  guards: [],
  clocks: [],
  entry,
});

interface OnItem {
  readonly item: ItemRow;
  readonly path: readonly string[];
}

/** Whether somebody speaks for one side of the item: the unit, or the organ where the matter is its own. */
export const speaksFor = (
  actor: Actor,
  roles: readonly Role[],
  path: readonly string[],
  organId: string | null,
): boolean =>
  organId !== null ? actor.reach.some((r) => r.key === organId) : path.length > 0 && holdsRoleAt(actor, roles, path);

const mine = (party: ActingParty, roles: readonly Role[], on: OnItem, organId: string | null): boolean =>
  party.kind === "person" && speaksFor(party.actor, roles, on.path, organId);

async function onItem(k: Kernel, caseId: string, itemId: string, unit: "to_unit_id" | "by_unit_id"): Promise<OnItem> {
  const item = await itemOf(k, itemId);
  if (!item || item.case_id !== caseId) throw new DoorstepError("supervision.notFound");
  const unitId = item[unit];
  return { item, path: unitId === null ? [] : (await unitAndAncestors(k.pool, unitId)).map((u) => u.id) };
}

/** The unit that is late says in writing why, and what it does; the petition may then go on to its end [R22:40]. */
export const answerUrging: Command<{ readonly itemId: string; readonly answer: string }, { readonly itemId: string }> =
  {
    act: side("answerUrging", "supervision.answered"),
    prepare: (k, c, i) => onItem(k, c.id, i.itemId, "to_unit_id"),
    checks(c, _s, _i, party, prepared) {
      const on = prepared as OnItem;
      if (!mine(party, answering, on, c.organId)) return [{ code: "supervision.notYours" }];
      return on.item.answered_at || on.item.closed_at ? [{ code: "supervision.done" }] : [];
    },
    decide(k, loaded, s, i, party, prepared) {
      const { item } = prepared as OnItem;
      return {
        result: { itemId: item.id },
        facts: { item: item.id, code: item.code, step: item.step },
        rows: {
          supervision_patch: [
            {
              ...item,
              next_at: null,
              answer: shelterOf(k.keys, loaded.case).protect(places.supervision(item.id, "answer"), i.answer),
              answered_at: s.now.toISOString(),
              answered_by: personOf(party),
            },
          ],
        },
      };
    },
  };

/** The unit above is satisfied with the answer, or has seen the alert; never whoever answered. */
export const closeUrging: Command<{ readonly itemId: string; readonly result: string }, { readonly itemId: string }> = {
  act: side("closeUrging", "supervision.closed"),
  prepare: (k, c, i) => onItem(k, c.id, i.itemId, "by_unit_id"),
  checks(_c, _s, _i, party, prepared) {
    const { item } = prepared as OnItem;
    if (!mine(party, urgingRoles, prepared as OnItem, item.by_organ_id)) return [{ code: "supervision.notYours" }];
    if (item.closed_at) return [{ code: "supervision.done" }];
    if (item.kind === "urge" && !item.answered_at) return [{ code: "supervision.notAnswered" }];
    return item.answered_by === personOf(party) ? [{ code: "supervision.ownAnswer" }] : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { item } = prepared as OnItem;
    return {
      result: { itemId: item.id },
      facts: { item: item.id, code: item.code, step: item.step },
      rows: {
        supervision_patch: [
          {
            ...item,
            next_at: null,
            result: shelterOf(k.keys, loaded.case).protect(places.supervision(item.id, "result"), i.result),
            closed_at: s.now.toISOString(),
            closed_by: personOf(party),
          },
        ],
      },
    };
  },
};
