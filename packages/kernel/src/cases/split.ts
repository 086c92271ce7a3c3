import type { Acted, splitInput } from "@doorstep/contracts";
import type { z } from "zod";
import { refFor } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { severalDemands } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { partyName } from "../pipeline/execute.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { marksIn } from "../redaction/acts.ts";
import { caseNoOf } from "../vault/case-no.ts";
import { acted, personOf } from "./acted.ts";
import { noteRow } from "./note-row.ts";
import { places, shelterOf } from "./reveal.ts";
import { type Born, bornRows, type Inherited, inherited } from "./split-rows.ts";
import { replyLetters, waits } from "./waiting-letters.ts";

type Input = Omit<z.output<typeof splitInput>, "caseId" | "version" | "key">;
export type Split = Acted & { readonly splitOff: { readonly caseId: string; readonly caseNo: string } };

const splitting: SideAct = {
  act: "split",
  from: ["registered", "accepted", "inHandling"],
  to: "same",
  who: [
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [severalDemands],
  clocks: [],
  entry: "case.split",
};

/** What is taken out: registered, with the days that were running for it. */
export function bornOf(
  k: Kernel,
  loaded: Loaded,
  s: Scene,
  what: { readonly title: string; readonly text: string; readonly kind: Born["kind"]; readonly secret: boolean },
): Born {
  const c = loaded.case;
  const id = k.newId();
  const clocks = inheritedClocks(loaded, s);
  return {
    id,
    caseNo: caseNoOf(k.keys.code, Number(c.receivedAt.slice(0, 4)), `${id}:0`),
    title: what.title,
    body: what.text,
    kind: what.kind,
    secret: what.secret,
    clocks: clocks.rows,
    marks: clocks.handling ? ["deemedAccepted"] : [],
  };
}

/** Duties that go on for the demands taken out, as they were counted: the newest of each. */
function inheritedClocks(loaded: Loaded, s: Scene): { readonly rows: readonly ClockRow[]; readonly handling: boolean } {
  const newest = (role: "route" | "simpleAccept" | "handling") => {
    const code = refFor(s.pack, role, loaded.case.track)?.split(".")[0];
    return loaded.clockRows.findLast((r) => r.code === code);
  };
  const handling = newest("handling");
  const open = handling && handling.state !== "stopped" ? [handling] : [];
  const others = [newest("route"), newest("simpleAccept")].filter((r) => r !== undefined);
  return { rows: [...others, ...open], handling: open.length > 0 };
}

export function demandMoves(k: Kernel, c: LoadedCase, born: Born, ids: readonly string[]) {
  const { reveal } = shelterOf(k.keys, c);
  const { protect } = shelterOf(k.keys, { id: born.id, organId: null });
  return c.demands
    .filter((d) => ids.includes(d.id))
    .map((d, n) => ({
      id: d.id,
      case_id: born.id,
      no: n + 1,
      text: protect(places.demand(d.id, "text"), reveal(places.demand(d.id, "text"), d.text)),
      desired_outcome: protect(
        places.demand(d.id, "desired_outcome"),
        reveal(places.demand(d.id, "desired_outcome"), d.desiredOutcome),
      ),
      ...{ outcome: null, facts: null, opinion: null, basis: null, steps: null },
    }));
}

/** An accusation's other demands are an ordinary claim; everything else stays of its kind. */
export const kindOf = (c: LoadedCase): Born["kind"] =>
  c.confidentiality === 3
    ? { track: "ordinary", category: "claim", subRoute: 6, confidentiality: 1 }
    : { track: c.track, category: c.category, subRoute: c.subRoute, confidentiality: c.confidentiality };

/** For one of several demands another route may be open than for the rest [R22:31]. */
const onRoute = (kind: Born["kind"], subRoute: number | undefined): Born["kind"] =>
  subRoute === undefined ? kind : { ...kind, subRoute, ...(subRoute < 6 && { track: "statutory" }) };

/** What is taken out is about the topics that its officer names, and where he names none, about all of them. */
const aboutOnly = (from: Inherited, ids: readonly string[] | undefined): Inherited =>
  ids === undefined ? from : { ...from, topics: from.topics.filter((topic) => ids.includes(topic.topic_id)) };

/**
 * Takes demands out into a case of its own, of the same petitioner, at the same unit, with the days that were running.
 * Out of an accusation the organ takes what accuses nobody: that becomes an ordinary petition which says nothing of where it
 * came from; the accusation stays with the organ, sealed [R22:30].
 */
export const splitCase: Command<Input, Split> = {
  act: splitting,
  prepare: (k, c) => inherited(k, c),
  checks(c, _s, i, _party, prepared) {
    if (c.report) return [{ code: "report.isReport" }];
    if (i.demandIds.some((id) => !c.demands.some((d) => d.id === id))) return [{ code: "demands.unknown" }];
    if (c.demands.every((d) => i.demandIds.includes(d.id))) return [{ code: "split.nothingLeft" }];
    if (i.subRoute !== undefined && kindOf(c).category !== "claim") return [{ code: "split.routeOfClaims" }];
    const { topics } = prepared as Inherited;
    if (i.topicIds?.some((id) => !topics.some((topic) => topic.topic_id === id))) return [{ code: "topic.notOfCase" }];
    return waits(c, [...replyLetters, "D18"]) ? [{ code: "split.replyWaiting" }] : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const born = bornOf(k, loaded, s, { ...i, kind: onRoute(kindOf(c), i.subRoute), secret: c.confidentiality === 3 });
    const { id } = born;
    const demands = demandMoves(k, c, born, i.demandIds);
    const texts = [i.title, i.text, ...demands.flatMap((d) => [d.text, d.desired_outcome])];
    const rows = bornRows(k, loaded, s, {
      actor: partyName(party),
      born,
      from: aboutOnly(prepared as Inherited, i.topicIds),
    });
    return {
      result: { ...acted(c), splitOff: { caseId: id, caseNo: born.caseNo } },
      facts: { to: id, demands: demands.length, ...(i.topicIds && { topics: i.topicIds }) },
      holderPath: c.holderPath,
      rows: {
        messages: [noteRow(k, c, { at, text: i.reason, visibility: "petitioner", party })],
        case_links: [{ id: k.newId(), case_id: id, other_case_id: c.id, kind: "splitFrom", at }],
        demand_moves: demands,
      },
      beside: [{ ...rows, redactions: marksIn(k, c, { id, organId: null }, s, personOf(party), texts) }],
    };
  },
};
