import { type Acted, type contestInput, DoorstepError, type decideContestInput, type Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { refusalOf } from "../life-cycle/guards.ts";
import type { LoadedCase, LoadedContest } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { newRound } from "./ends.ts";
import { unlinked } from "./links.ts";
import { noteRow } from "./note-row.ts";
import { places, shelterOf } from "./reveal.ts";

type ContestInput = Omit<z.output<typeof contestInput>, "caseId" | "key">;
type DecideInput = Omit<z.output<typeof decideContestInput>, "caseId" | "version" | "key">;

interface Contested {
  readonly body: Text;
  readonly decideBy: string;
}

/**
 * T28. The petitioner contests the refusal with which his petition ended: it goes to the unit one level above, as a
 * review does, and the unit that refused keeps seeing it.
 */
export const contestRefusal: Command<ContestInput, Contested> = {
  act: "contest",
  prepare: async (k, c) => (await unitAndAncestors(k.pool, c.holderUnitId)).slice(1),
  checks: (_c, _s, _i, _party, above) =>
    (above as readonly UnitFacts[]).length === 0 ? [{ code: "contest.nobodyAbove" }] : [],
  decide(k, loaded, s, i, _party, prepared) {
    const above = prepared as readonly [UnitFacts, ...UnitFacts[]];
    const [body] = above;
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    const refusal = refusalOf(c);
    const clock = startClock(k, { ...c, timeZone: body.timeZone, holderPath: body.path }, s, "contestRefusal");
    return {
      result: { body: body.name, decideBy: clock?.dueOn ?? s.today },
      facts: { contest: id, notice: refusal?.id ?? null, body: body.id, ofUnit: c.holderUnitId },
      patch: { holderUnitId: body.id, handlingUnitId: c.holderUnitId, petitionerWroteAt: at },
      holderPath: above.map((u) => u.id),
      holderTimeZone: body.timeZone,
      handlingPath: c.holderPath,
      rows: {
        contests: [
          {
            id,
            case_id: c.id,
            notice_id: refusal?.id,
            requested_at: at,
            text: shelterOf(k.keys, c).protect(places.contest(id, "text"), i.text),
            body_unit_id: body.id,
            of_unit_id: c.holderUnitId,
          },
        ],
        file_claims: i.fileIds.map((file) => ({ id: file, case_id: c.id, message_id: null, visibility: "petitioner" })),
      },
    };
  },
};

interface Prepared {
  readonly contest: LoadedContest;
  /** the unit that refused, itself first, where it still stands */
  readonly home: readonly UnitFacts[];
}

async function prepare(k: Kernel, c: LoadedCase): Promise<Prepared> {
  if (!c.contest || c.contest.outcome !== null) throw new DoorstepError("mark.missing", { mark: "contested" });
  return { contest: c.contest, home: await unitAndAncestors(k.pool, c.contest.ofUnitId) };
}

/** The case goes back to the unit that refused it; where that is gone, the level above keeps it. */
const givenBack = ({ home: [unit, ...above] }: Prepared) =>
  unit?.living
    ? {
        patch: { holderUnitId: unit.id, handlingUnitId: null },
        holderPath: [unit, ...above].map((u) => u.id),
        holderTimeZone: unit.timeZone,
      }
    : { patch: { handlingUnitId: null } };

/** What both decisions write: the decision itself, who made it, and the reasons where the petitioner reads them. */
function decisionRows(
  k: Kernel,
  c: LoadedCase,
  p: Prepared,
  on: {
    readonly at: string;
    readonly party: ActingParty;
    readonly outcome: "upheld" | "reopened";
    readonly reasons: string;
  },
) {
  const me = personOf(on.party);
  return {
    contest_patch: [
      {
        id: p.contest.id,
        outcome: on.outcome,
        reasons: shelterOf(k.keys, c).protect(places.contest(p.contest.id, "reasons"), on.reasons),
        decided_by: me,
        decided_at: on.at,
      },
    ],
    case_actors: me ? [{ case_id: c.id, person_id: me, part: "ender", level: c.level, at: on.at }] : [],
    messages: [noteRow(k, c, { at: on.at, text: on.reasons, visibility: "petitioner", party: on.party })],
  };
}

/** The refusal stands; the petitioner reads why, in the words of the level above. */
export const upholdRefusal: Command<DecideInput, Acted> = {
  act: "upholdRefusal",
  prepare,
  checks: (c, _s, _i, party) => partyRefusals("upholdRefusal", c, party),
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const p = prepared as Prepared;
    const on = { at: s.now.toISOString(), party, outcome: "upheld", reasons: i.reasons } as const;
    return {
      result: acted(c),
      facts: { contest: p.contest.id, outcome: "upheld", ofUnit: p.contest.ofUnitId },
      ...givenBack(p),
      handlingPath: null,
      rows: decisionRows(k, c, p, on),
    };
  },
};

/** T28 by the level above: the refusal does not stand, the unit takes it up, with its time to be told from now on. */
export const grantContest: Command<DecideInput, Acted> = {
  act: "grantContest",
  prepare,
  checks: (c, _s, _i, party) => partyRefusals("grantContest", c, party),
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const p = prepared as Prepared;
    const on = { at: s.now.toISOString(), party, outcome: "reopened", reasons: i.reasons } as const;
    const { demand_patch, patch, handlingPath } = newRound(c);
    const back = givenBack(p);
    return {
      result: acted(c, "registered"),
      facts: { contest: p.contest.id, outcome: "reopened", ground: "superiorOrder", ofUnit: p.contest.ofUnitId },
      ...back,
      patch: { ...patch, ...back.patch },
      handlingPath,
      dropsMarks: ["extended"],
      rows: { ...decisionRows(k, c, p, on), demand_patch, link_patch: unlinked(c, s.now) },
    };
  },
};
