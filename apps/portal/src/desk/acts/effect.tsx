import { clockNames } from "@doorstep/contracts";
import { clockLabel, letterName } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { AllowedAct } from "./act-plan.ts";

const known = (codes: readonly string[]): readonly string[] => codes.filter((code) => code in clockNames);

/** What an act brings about: the next state, the letters it makes, the clocks it starts and stops. */
export function Effect(props: { readonly act: AllowedAct }) {
  const { text, language } = useDeskText();
  const { effect } = props.act;
  const list = (names: readonly string[]) => names.join(language === "en" ? ", " : "、");
  const starts = known(effect.starts);
  const stops = known(effect.stops);
  return (
    <ul className="desk-effect">
      <li>{text("desk.acts.effectState", { state: nameOf(text, "state", effect.to) })}</li>
      {effect.notices.length > 0 && (
        <li>
          {text("desk.acts.effectLetters", { letters: list(effect.notices.map((code) => letterName(code, language))) })}
        </li>
      )}
      {starts.length > 0 && (
        <li>{text("desk.acts.effectStarts", { clocks: list(starts.map((code) => clockLabel(code, language))) })}</li>
      )}
      {stops.length > 0 && (
        <li>{text("desk.acts.effectStops", { clocks: list(stops.map((code) => clockLabel(code, language))) })}</li>
      )}
    </ul>
  );
}
