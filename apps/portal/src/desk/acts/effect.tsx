import { type ClockCode, type ClockRole, clockNames } from "@doorstep/contracts";
import { letterName } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { AllowedAct } from "./act-plan.ts";

/**
 * What each role of a clock is called. The policy pack of the case decides which clock plays the role (handling is K4,
 * K8 or K9 by the track); their everyday name is the same.
 */
const clockOfRole: Partial<Readonly<Record<ClockRole, ClockCode>>> = {
  acknowledge: "K1",
  route: "K2",
  objection: "K3",
  handling: "K4",
  assignedReport: "K5",
  handover: "K10",
  accusationResult: "K11",
  askReview: "K12",
  acceptReview: "K13",
  decideReview: "K14",
  askRereview: "K15",
  decideRereview: "K16",
  rating: "K21",
  followUp: "K22",
};

/** What an act brings about: the next state, the letters it makes, the clocks it starts and stops. */
export function Effect(props: { readonly act: AllowedAct }) {
  const { text, language } = useDeskText();
  const { effect } = props.act;
  const list = (names: readonly string[]) => names.join(language === "en" ? ", " : "、");
  const clocks = (roles: readonly string[]): readonly string[] => {
    if (roles.includes("*")) return [text("desk.acts.allClocks")];
    const codes = roles.flatMap((role) =>
      role in clockNames ? [role] : [clockOfRole[role as ClockRole] ?? []].flat(),
    );
    return [...new Set(codes.map((code) => clockNames[code as ClockCode][language]))];
  };
  const [starts, stops] = [clocks(effect.starts), clocks(effect.stops)];
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
