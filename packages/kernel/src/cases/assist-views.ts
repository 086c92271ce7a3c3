import type { CaseView, Text } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { isOpenAssist } from "../life-cycle/loaded-assist.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { answersFor } from "./assists.ts";
import { places, shelterOf } from "./reveal.ts";

/** What other units were asked, and what they reported. */
export function assistsShown(
  k: Kernel,
  c: LoadedCase,
  party: ActingParty,
  today: string,
  names: Readonly<Record<string, Text>>,
): CaseView["assists"] {
  const { reveal } = shelterOf(k.keys, c);
  return c.assists.map((a) => ({
    id: a.id,
    unit: names[a.unitId] ?? { "zh-CN": "–", en: "–" },
    question: reveal(places.assist(a.id, "question"), a.question),
    dueOn: a.dueOn,
    state: isOpenAssist(a) ? "open" : a.answeredAt ? "answered" : "ended",
    late: isOpenAssist(a) && a.dueOn < today,
    report: a.report === null ? null : reveal(places.assist(a.id, "report"), a.report),
    mine: isOpenAssist(a) && answersFor(party, a),
  }));
}
