import type { splitAccusationInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { notAccusation, severalDemands } from "../life-cycle/guards.ts";
import { isOpenAssist } from "../life-cycle/loaded-assist.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issuerOf } from "../notices/issue.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import { type Command, partyName, type SideAct } from "../pipeline/execute.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { conflictRows } from "../recusal/conflicts.ts";
import { marksIn } from "../redaction/acts.ts";
import { acted, personOf } from "./acted.ts";
import { noteRow } from "./note-row.ts";
import { assertKnown, concernedBy, organAbove, respondentRows } from "./register.ts";
import { places, shelterOf } from "./reveal.ts";
import { legRow, whereaboutsLetter } from "./route.ts";
import { bornOf, demandMoves, kindOf, type Split } from "./split.ts";
import { bornRows, type Inherited, inherited } from "./split-rows.ts";
import { replyLetters, waits } from "./waiting-letters.ts";

type Input = Omit<z.output<typeof splitAccusationInput>, "caseId" | "version" | "key">;

const splitting: SideAct = {
  act: "splitAccusation",
  from: ["registered", "accepted", "inHandling"],
  to: "registered",
  without: ["withdrawing"],
  who: [{ role: "officer", at: "holder" }],
  guards: [notAccusation, severalDemands],
  clocks: [
    { do: "stopAll" },
    { do: "start", role: "route" },
    { do: "start", role: "handover" },
    { do: "start", role: "handoverUpward" },
  ],
  entry: "case.toOrgan",
};

interface Prepared {
  readonly from: Inherited;
  readonly holder: readonly [UnitFacts, ...UnitFacts[]];
  readonly organId: string;
  readonly concerned: Awaited<ReturnType<typeof concernedBy>>;
  readonly issuer: Issuer;
}

/** Whoever was kept out stays out, and no unit complained of gets what stays; nobody is named any more who may be the accused. */
const withoutNames = (from: Inherited): Inherited => ({
  ...from,
  topics: [],
  respondents: from.respondents.filter((r) => r.kind === "unit"),
  recusals: from.recusals.map((r) => ({ ...r, reason: "" })),
});

async function prepare(k: Kernel, c: LoadedCase, i: Input, s: Scene): Promise<Prepared> {
  await assertKnown(k, { respondents: i.respondents, topicIds: [] });
  const [from, concerned, lineage] = await Promise.all([
    inherited(k, c),
    concernedBy(k, c, i.respondents),
    unitAndAncestors(k.pool, c.holderUnitId),
  ]);
  const { holder, organId } = organAbove(lineage, concerned.respondentUnits);
  const [unit, ...above] = holder;
  if (!unit) throw new Error("an organ without a unit");
  return {
    from: withoutNames(from),
    concerned,
    holder: [unit, ...above],
    organId,
    issuer: await issuerOf(k, unit.id, s, ["D3"]),
  };
}

function checks(c: LoadedCase, i: Input): readonly Refusal[] {
  if (c.report) return [{ code: "report.isReport" }];
  if (i.demandIds.some((id) => !c.demands.some((d) => d.id === id))) return [{ code: "demands.unknown" }];
  if (c.demands.every((d) => i.demandIds.includes(d.id))) return [{ code: "split.nothingLeft" }];
  if (c.assists.some(isOpenAssist)) return [{ code: "split.assisting" }];
  return waits(c, [...replyLetters, "D18"]) ? [{ code: "split.replyWaiting" }] : [];
}

/** The demands that accuse somebody, unanswered and under the organ's key. */
function accusing(k: Kernel, c: LoadedCase, organId: string, ids: readonly string[]): readonly object[] {
  const { reveal } = shelterOf(k.keys, c);
  const { protect } = shelterOf(k.keys, { id: c.id, organId });
  const again = (id: string, field: string, stored: string): string =>
    protect(places.demand(id, field), reveal(places.demand(id, field), stored));
  return c.demands
    .filter((d) => ids.includes(d.id))
    .map((d) => ({
      id: d.id,
      case_id: c.id,
      no: d.no,
      text: again(d.id, "text", d.text),
      desired_outcome: again(d.id, "desired_outcome", d.desiredOutcome),
      ...{ outcome: null, facts: null, opinion: null, basis: null, steps: null },
    }));
}

/**
 * An ordinary petition that also accuses somebody. The registered text cannot be cut, so the whole letter becomes the
 * accusation: it goes to the discipline organ above, sealed, and nobody of the unit sees it any more. What accuses nobody
 * stays as a petition of its own, in the officer's words, which says nothing of where it came from [R22:30].
 */
export const splitAccusation: Command<Input, Split> = {
  act: splitting,
  prepare,
  checks: (c, _s, i) => checks(c, i),
  decide(k, loaded, s, i, party, prepared) {
    const { from, holder, organId, concerned, issuer } = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const [unit] = holder;
    const born = bornOf(k, loaded, s, { ...i, kind: kindOf(c), secret: true });
    const ordinary = c.demands.filter((d) => !i.demandIds.includes(d.id)).map((d) => d.id);
    const goes = demandMoves(k, c, born, ordinary);
    const texts = [i.title, i.text, ...goes.flatMap((d) => [d.text, d.desired_outcome])];
    const title = shelterOf(k.keys, c).reveal(places.case(c.id, "title"), c.title);
    const protect = shelterOf(k.keys, { id: c.id, organId }).protect;
    const theirs: LoadedCase = {
      ...c,
      organId,
      track: "accusation",
      timeZone: unit.timeZone,
      holderPath: holder.map((u) => u.id),
      title: protect(places.case(c.id, "title"), title),
    };
    const leg = { kind: "transfer", toUnitId: unit.id, reason: i.reason, legalGround: "R22:30" } as const;
    const due = startClock(k, theirs, s, "route");
    const on = { k, case: theirs, scene: s, party, issuer };
    return {
      result: { ...acted(c, "registered"), splitOff: { caseId: born.id, caseNo: born.caseNo } },
      facts: { to: born.id, demands: ordinary.length, respondents: i.respondents.length },
      patch: {
        ...({ track: "accusation", category: "accusation", subRoute: null, confidentiality: 3 } as const),
        ...{ organId, holderUnitId: unit.id, handlerId: null, heardOn: null, handlingUnitId: null, hops: 0 },
      },
      dropsMarks: ["extended", "inMediation", "inHearing", "deemedAccepted", "listed"],
      holderPath: theirs.holderPath,
      holderTimeZone: unit.timeZone,
      handlingPath: null,
      respondentUnits: concerned.respondentUnits,
      rows: {
        legs: [legRow(k, theirs, s, party, leg)],
        messages: [noteRow(k, theirs, { at, text: i.reason, visibility: "internal", party })],
        respondents: respondentRows(k, theirs, i.respondents),
        recusals: conflictRows(c.id, at, concerned.conflicted),
        case_links: [{ id: k.newId(), case_id: born.id, other_case_id: c.id, kind: "splitFrom", at }],
        demand_moves: [...goes, ...accusing(k, c, organId, i.demandIds)],
        notices: due ? [whereaboutsLetter(on, holder, "属于检举控告，由有权处理的纪检机构办理", dueFacts(due))] : [],
      },
      beside: [
        {
          ...bornRows(k, loaded, s, { actor: partyName(party), born, from }),
          redactions: marksIn(k, c, { id: born.id, organId: null }, s, personOf(party), texts),
        },
      ],
    };
  },
};
