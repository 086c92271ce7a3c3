import { type Acted, DoorstepError, type handToOrganInput } from "@doorstep/contracts";
import type { z } from "zod";
import { acted } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { hearsBy, legRow, whereaboutsLetter } from "../cases/route.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import { type Issuer, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";

type Input = Omit<z.output<typeof handToOrganInput>, "caseId" | "version" | "key">;

interface Prepared {
  /** the unit of the organ that takes over, itself first */
  readonly to: readonly [UnitFacts, ...UnitFacts[]];
  readonly issuer: Issuer;
}

const handing: SideAct = {
  act: "handToOrgan",
  from: ["received", "registered", "routed", "accepted", "inHandling", "replied"],
  to: "same",
  who: [{ role: "discipline", at: "organ" }],
  guards: [],
  clocks: [
    { do: "stop", role: "handoverUpward" },
    { do: "start", role: "handoverUpward" },
  ],
  entry: "case.organChanged",
};

/** Never to the unit complained of, to one below it, or to the organ that has the case [R22:22(2),30]. */
function refusalsOf(c: LoadedCase, to: Prepared["to"]): readonly Refusal[] {
  const organ = to[0].disciplineOrgan;
  if (!organ) return [{ code: "organ.none" }];
  if (organ.id === c.organId) return [{ code: "organ.same" }];
  return to.some((u) => c.respondentUnits.includes(u.id)) ? [{ code: "unit.notRespondent" }] : [];
}

/**
 * An organ gives an accusation to another one, e.g. one level up when it is concerned itself. From this statement on
 * everything written before lies under the other organ's key; the one that gave it away opens none of it. What belongs to
 * the organ above is sent up within its days (K10); whoever gets it has those days anew [DISCW:15].
 */
export const handToOrgan: Command<Input, Acted> = {
  act: handing,
  async prepare(k, _c, i, s): Promise<Prepared> {
    const [unit, ...above] = await unitAndAncestors(k.pool, i.toUnitId);
    if (!unit) throw new DoorstepError("unit.notFound");
    if (!unit.living) throw new DoorstepError("unit.retired");
    return { to: [unit, ...above], issuer: await issuerOf(k, unit.id, s, ["D3"]) };
  },
  checks: (c, _s, _i, _party, prepared) => refusalsOf(c, (prepared as Prepared).to),
  decide(k, loaded, s, i, party, prepared) {
    const { to, issuer } = prepared as Prepared;
    const c = loaded.case;
    const [unit] = to;
    const organId = unit.disciplineOrgan?.id ?? c.organId;
    // what is written from here on is the other organ's
    const title = shelterOf(k.keys, { id: c.id, organId }).protect(
      places.case(c.id, "title"),
      shelterOf(k.keys, c).reveal(places.case(c.id, "title"), c.title),
    );
    const theirs: LoadedCase = { ...c, organId, title };
    const known = hearsBy(loaded);
    const leg = { kind: "designate", toUnitId: unit.id, reason: i.reason, legalGround: "R22:30" } as const;
    return {
      result: acted(c),
      facts: { fromOrgan: c.organId, toOrgan: organId },
      patch: { organId, holderUnitId: unit.id, handlerId: null },
      holderPath: to.map((u) => u.id),
      holderTimeZone: unit.timeZone,
      rows: {
        legs: [legRow(k, theirs, s, party, leg)],
        // the reason stays between the organs: the petitioner reads where his matter is
        notices: known
          ? [whereaboutsLetter({ k, case: theirs, scene: s, party, issuer }, to, "由有权处理的纪检机构继续办理", known)]
          : [],
      },
    };
  },
};
