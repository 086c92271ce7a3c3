import type { Acted, answerObjectionInput, designateInput, objectInput } from "@doorstep/contracts";
import type { z } from "zod";
import { holdsRoleAt } from "../actor.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { notYetObjected, objectionOpen, running } from "../life-cycle/guards.ts";
import type { LoadedLeg } from "../life-cycle/loaded-case.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { reportClock } from "./conclusion-report.ts";
import { places, shelterOf } from "./reveal.ts";
import { destinationRefusals, hearsBy, legRow, livingUnit, whereaboutsLetter } from "./route.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const legOf = (loaded: Loaded): LoadedLeg => {
  const leg = loaded.case.lastLeg;
  if (!leg) throw new Error("the guard saw a leg");
  return leg;
};

const objecting: SideAct = {
  act: "object",
  from: ["routed"],
  to: "same",
  who: transitionOf("accept").who,
  guards: [running("K3"), notYetObjected],
  clocks: [
    { do: "stop", role: "objection" },
    { do: "stop", role: "tieredTransfer" },
    { do: "stop", role: "passThrough" },
    { do: "start", role: "designation" },
  ],
  notice: ["D6"],
  entry: "case.objected",
};

interface Objection {
  readonly issuer: Issuer;
  readonly sender: readonly UnitFacts[];
}

/**
 * The unit it was sent to says, with reasons, that it is not competent; it stays the holder until the sender agrees or
 * the common superior decides [R22:23,24]. D6 goes to the sender.
 */
export const objectToTransfer: Command<Typed<typeof objectInput>, Acted> = {
  act: objecting,
  async prepare(k, c, _i, s): Promise<Objection> {
    const sender = await unitAndAncestors(k.pool, c.lastLeg?.fromUnitId ?? c.holderUnitId);
    return { issuer: await issuerOf(k, c.holderUnitId, s, ["D6"]), sender };
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const leg = legOf(loaded);
    const { issuer, sender } = prepared as Objection;
    const { protect } = shelterOf(k.keys, c);
    return {
      result: acted(c),
      facts: { leg: leg.no, toUnit: leg.fromUnitId },
      rows: {
        leg_patch: [
          {
            id: leg.id,
            objected_at: s.now.toISOString(),
            objected_by: personOf(party),
            objection: protect(places.leg(leg.id, "objection"), i.reasons),
            objection_ground: i.legalGround,
          },
        ],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D6",
            {
              toUnit: sender[0]?.name ?? issuer.unit[0].name,
              sentOn: localDateOf(leg.sentAt, c.timeZone),
              objectedOn: s.today,
              reasons: i.reasons,
              legalGround: i.legalGround || null,
              answer: null,
            },
            { posted: false },
          ),
        ],
      },
    };
  },
};

interface Answer {
  readonly issuer: Issuer;
  readonly holder: readonly UnitFacts[];
}

/** What both answers write: on the leg, and as a D6 with the decision. */
function answered(
  on: Parameters<typeof issued>[0],
  loaded: Loaded,
  i: Typed<typeof answerObjectionInput>,
  holder: readonly UnitFacts[],
) {
  const { k, scene: s, party, issuer } = on;
  const c = loaded.case;
  const leg = legOf(loaded);
  const { protect, reveal } = shelterOf(k.keys, c);
  const reasons = leg.objection === null ? "—" : reveal(places.leg(leg.id, "objection"), leg.objection);
  const objectedAt = leg.objectedAt ?? s.now.toISOString();
  return {
    leg_patch: [
      {
        id: leg.id,
        objected_at: leg.objectedAt,
        objected_by: leg.objectedBy,
        objection: leg.objection,
        objection_ground: leg.objectionGround,
        answered_at: s.now.toISOString(),
        answered_by: personOf(party),
        agreed: i.agree,
        answer: protect(places.leg(leg.id, "answer"), i.reason),
      },
    ],
    notices: [
      issued(
        on,
        "D6",
        {
          toUnit: holder[0]?.name ?? issuer.unit[0].name,
          sentOn: localDateOf(leg.sentAt, c.timeZone),
          objectedOn: localDateOf(objectedAt, c.timeZone),
          reasons,
          legalGround: leg.objectionGround || null,
          answer: { agreed: i.agree, reason: i.reason },
        },
        { posted: false },
      ),
    ],
  };
}

const answer = (
  act: Command<Typed<typeof answerObjectionInput>, Acted>["act"],
): Command<Typed<typeof answerObjectionInput>, Acted> => ({
  act,
  async prepare(k, c, _i, s): Promise<Answer> {
    const holder = await unitAndAncestors(k.pool, c.holderUnitId);
    return { issuer: await issuerOf(k, c.lastLeg?.fromUnitId ?? c.holderUnitId, s, ["D6"]), holder };
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const leg = legOf(loaded);
    const { issuer, holder } = prepared as Answer;
    const rows = answered({ k, case: c, scene: s, party, issuer }, loaded, i, holder);
    const facts = { leg: leg.no, agreed: i.agree };
    if (!i.agree) return { result: acted(c), facts, rows };
    const back = { kind: "return", toUnitId: leg.fromUnitId, reason: i.reason, legalGround: "" } as const;
    return {
      result: acted(c, "registered"),
      facts,
      patch: { holderUnitId: leg.fromUnitId, handlerId: null },
      holderPath: c.senderPath,
      holderTimeZone: issuer.unit[0].timeZone,
      leg: { kind: "return", senderPath: c.holderPath },
      rows: { ...rows, legs: [legRow(k, c, s, party, back)] },
    };
  },
});

const refusing: SideAct = {
  act: "refuseReturn",
  from: ["routed"],
  to: "same",
  who: transitionOf("return").who,
  guards: [objectionOpen],
  clocks: [],
  entry: "case.returnRefused",
};

/** T5. The sender agrees and takes the case back [R22:23]. */
export const takeBack = answer("return");
/** The sender does not agree: the unit stays in charge unless the common superior names another [R22:24]. */
export const refuseReturn = answer(refusing);

interface Designation {
  readonly to: readonly [UnitFacts, ...UnitFacts[]];
  readonly issuer: Issuer;
  readonly former: readonly UnitFacts[];
}

/** T6. Ends the dispute: a common superior of both units names the one in charge; nobody may object again [R22:24]. */
export const designateUnit: Command<Typed<typeof designateInput>, Acted> = {
  act: "designate",
  async prepare(k, c, i, s): Promise<Designation> {
    const to = await livingUnit(k, i.toUnitId);
    const former = await unitAndAncestors(k.pool, c.holderUnitId);
    const common = c.holderPath.slice(1).find((u) => c.senderPath.includes(u)) ?? c.holderUnitId;
    return { to, former, issuer: await issuerOf(k, common, s, ["D7", "D3"]) };
  },
  checks(c, _s, _i, party, prepared) {
    const { to } = prepared as Designation;
    // the unit that has it may be the right one: naming it ends the dispute, too
    const refused = destinationRefusals(c, to).filter((r) => r.code !== "unit.sameHolder");
    const common = c.holderPath.slice(1).filter((u) => c.senderPath.includes(u));
    const mine =
      party.kind === "person" && common.some((_, n) => holdsRoleAt(party.actor, ["officer"], common.slice(n)));
    return mine ? refused : [{ code: "leg.notCommon" }, ...refused];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { to, former, issuer } = prepared as Designation;
    const c = loaded.case;
    const on = { k, case: c, scene: s, party, issuer };
    const [unit] = to;
    const known = hearsBy(loaded) ?? dueFacts(loaded.clockRows[0] as never);
    const leg = { kind: "designate", toUnitId: unit.id, reason: i.reason, legalGround: i.legalGround } as const;
    return {
      result: acted(c, "routed"),
      facts: { kind: "designate", toUnit: unit.id, hop: c.hops + 1 },
      patch: { holderUnitId: unit.id, hops: c.hops + 1, handlerId: null },
      holderPath: to.map((u) => u.id),
      holderTimeZone: unit.timeZone,
      leg: { kind: "designate", senderPath: c.holderPath },
      spares: unit.id === c.assignment?.fromUnitId ? undefined : reportClock(c)?.id,
      rows: {
        legs: [legRow(k, c, s, party, leg)],
        notices: [
          issued(
            on,
            "D7",
            {
              designated: unit.name,
              formerHolder: former[0]?.name ?? unit.name,
              reason: i.reason,
              legalGround: i.legalGround || "《信访工作条例》第二十四条",
              due: known,
            },
            { posted: false },
          ),
          whereaboutsLetter(on, to, i.reason, known),
        ],
      },
    };
  },
};
