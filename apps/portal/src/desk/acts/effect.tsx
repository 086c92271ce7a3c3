import { type CaseView, type ClockCode, type ClockRole, clockNames } from "@doorstep/contracts";
import { letterName } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { AllowedAct } from "./act-plan.ts";

/**
 * Which clocks may play a role: the policy pack of the case decides (handling is K4, K8 or K9 by the track). The first
 * one names the role where no clock runs yet.
 */
const clocksOfRole: Partial<Readonly<Record<ClockRole, readonly ClockCode[]>>> = {
  acknowledge: ["K1"],
  route: ["K2", "K6"],
  tieredTransfer: ["K2b"],
  passThrough: ["K7"],
  objection: ["K3"],
  handling: ["K4", "K8", "K9"],
  assignedReport: ["K5"],
  handover: ["K10"],
  handoverUpward: ["K10"],
  accusationResult: ["K11"],
  askReview: ["K12"],
  acceptReview: ["K13"],
  decideReview: ["K14"],
  askRereview: ["K15"],
  decideRereview: ["K16"],
  mediation: ["K18"],
  courtConfirmation: ["K19"],
  rating: ["K21"],
  followUp: ["K22"],
};

const codesOf = (role: string): readonly ClockCode[] => clocksOfRole[role as ClockRole] ?? [];

interface EffectProps {
  readonly act: AllowedAct;
  readonly clocks: CaseView["clocks"];
}

/** What an act brings about: the next state, the letters it makes, the clocks it starts and the running ones it stops. */
export function Effect(props: EffectProps) {
  const { text, language } = useDeskText();
  const { effect } = props.act;
  const list = (names: readonly string[]) => [...new Set(names)].join(language === "en" ? ", " : "、");
  const starts = effect.starts.flatMap((role) => codesOf(role).slice(0, 1)).map((code) => clockNames[code][language]);
  const stopped = effect.stops.flatMap(codesOf);
  const stops = props.clocks
    .filter((clock) => clock.state === "running" || clock.state === "paused" || clock.state === "breached")
    .filter((clock) => effect.stops.includes("*") || stopped.some((code) => code === clock.code))
    .map((clock) => clock.name[language]);
  if (effect.to === "same" && effect.notices.length + starts.length + stops.length === 0) return null;
  return (
    <ul className="desk-effect">
      {effect.to !== "same" && <li>{text("desk.acts.effectState", { state: nameOf(text, "state", effect.to) })}</li>}
      {effect.notices.length > 0 && (
        <li>
          {text("desk.acts.effectLetters", { letters: list(effect.notices.map((code) => letterName(code, language))) })}
        </li>
      )}
      {starts.length > 0 && <li>{text("desk.acts.effectStarts", { clocks: list(starts) })}</li>}
      {stops.length > 0 && <li>{text("desk.acts.effectStops", { clocks: list(stops) })}</li>}
    </ul>
  );
}
