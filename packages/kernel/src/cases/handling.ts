import { type Acted, type assignInput, DoorstepError, type heardInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { transitionOf } from "../life-cycle/table.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { personKey } from "../vault/keys.ts";
import { acted } from "./acted.ts";
import { noteRow } from "./note-row.ts";

type AssignInput = Omit<z.output<typeof assignInput>, "caseId" | "version" | "key">;
type HeardInput = Omit<z.output<typeof heardInput>, "caseId" | "version" | "key">;

/** May the person handle the case: role at the unit in charge (organ members for C3), living account. */
async function isQualified(k: Kernel, c: LoadedCase, personId: string, today: string): Promise<boolean> {
  const roles = c.confidentiality === 3 ? ["discipline"] : ["handler", "officer"];
  const path = c.confidentiality === 3 ? [c.organUnitId ?? ""] : c.holderPath;
  const { rowCount } = await k.pool.query(
    `select 1 from kernel.role_grants g join kernel.people p on p.id = g.person_id
      where g.person_id = $1 and p.active and g.role = any ($2) and not g.pending and g.revoked_on is null
        and g.valid_from <= $4 and (g.valid_until is null or g.valid_until >= $4)
        and (g.unit_id = ($3::uuid[])[1] or (g.subtree and g.unit_id = any ($3)))`,
    [personId, roles, path, today],
  );
  return (rowCount ?? 0) > 0;
}

/** Parts in which somebody decides on the matter, for whichever level or end. */
const deciding: readonly string[] = ["signer", "reviewer", "ender"];

/** Who has decided on the matter before: here, or in a case that was joined to it or taken out of it [SPEC §6(8)]. */
export async function decidersOf(k: Pick<Kernel, "pool">, c: LoadedCase): Promise<readonly string[]> {
  const here = c.actors.filter((a) => deciding.includes(a.part)).map((a) => a.personId);
  const linked = c.links.flatMap((l) => [l.caseId, l.otherCaseId]).filter((id) => id !== c.id);
  if (linked.length === 0) return here;
  const { rows } = await k.pool.query<{ id: string }>(
    "select person_id as id from kernel.case_actors where case_id = any ($1::uuid[]) and part = any ($2)",
    [linked, deciding],
  );
  return [...here, ...rows.map((r) => r.id)];
}

/** Whether he handled what a review has quashed; what he handled since then does not count [SD15:45]. */
export function handledQuashed(c: LoadedCase, personId: string): boolean {
  const decided = c.notices.findLast((n) => n.code === "D22")?.sealedAt;
  if (c.level !== "handle" || !decided) return false;
  const since = new Date(decided).toISOString();
  return c.actors.some((a) => a.personId === personId && a.part === "handler" && a.at <= since);
}

/** What is known of whoever is to handle it. */
interface Named {
  readonly qualified: boolean;
  readonly decided: boolean;
  /** the key by which he would see a petition of his own */
  readonly filed: string;
}

/** T12. Names the handler and starts handling; a decision that was quashed goes to somebody else [SD15:45; DC]. */
export const assignHandler: Command<AssignInput, Acted> = {
  act: "assign",
  press: "assign",
  async prepare(k, c, i, s): Promise<Named> {
    const [qualified, deciders] = await Promise.all([isQualified(k, c, i.handlerId, s.today), decidersOf(k, c)]);
    return { qualified, decided: deciders.includes(i.handlerId), filed: personKey(k.keys, i.handlerId) };
  },
  checks(c, _s, i, _party, prepared) {
    const { qualified, decided, filed } = prepared as Named;
    if (c.recused.includes(i.handlerId) || c.audience.includes(filed)) return [{ code: "handler.free" }];
    if (decided) return [{ code: "handler.decidedBefore" }];
    if (!qualified) return [{ code: "handler.notQualified" }];
    return handledQuashed(c, i.handlerId) ? [{ code: "handler.sameAsBefore" }] : [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    return {
      result: acted(c, "inHandling"),
      facts: { handler: i.handlerId, heardOn: i.heardOn },
      patch: { handlerId: i.handlerId, ...(i.heardOn && { heardOn: i.heardOn }) },
      rows: {
        case_actors: [{ case_id: c.id, person_id: i.handlerId, part: "handler", level: c.level, at }],
        messages: i.plan ? [noteRow(k, c, { at, text: i.plan, visibility: "internal", party })] : [],
      },
    };
  },
};

const changeHandler: SideAct = {
  act: "changeHandler",
  from: ["inHandling"],
  to: "same",
  who: transitionOf("assign").who,
  guards: [],
  clocks: [],
  entry: "case.handlerChanged",
};

/** Another handler while handling goes on; clocks run on. */
export const reassignHandler: Command<AssignInput, Acted> = {
  ...assignHandler,
  act: changeHandler,
  decide(k, loaded, s, i, party, prepared) {
    const fx = assignHandler.decide(k, loaded, s, i, party, prepared);
    return { ...fx, result: acted(loaded.case) };
  },
};

const hear: SideAct = {
  act: "heard",
  from: ["accepted", "inHandling"],
  to: "same",
  who: transitionOf("deliver").who,
  guards: [],
  clocks: [],
  entry: "case.heard",
};

/** Records that the petitioner was heard [R22:31(6)]; needed before a claim is answered. */
export const recordHeard: Command<HeardInput, Acted> = {
  act: hear,
  checks: (c, s, i) => {
    if (i.heardOn > s.today) throw new DoorstepError("input.invalid");
    return c.receivedAt.slice(0, 10) > i.heardOn ? [{ code: "input.invalid" }] : [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    return {
      result: acted(c),
      facts: { heardOn: i.heardOn },
      patch: { heardOn: i.heardOn },
      rows: { messages: [noteRow(k, c, { at: s.now.toISOString(), text: i.how, visibility: "internal", party })] },
    };
  },
};
