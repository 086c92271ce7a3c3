import type { ReactNode } from "react";
import { useText } from "../app/i18n.ts";
import { LockMark } from "./lock-mark.tsx";

const signs = [
  ["●", "modules.legend.on"],
  ["⊘", "modules.legend.off"],
  ["◐", "modules.legend.inheritedOn"],
  ["○", "modules.legend.inheritedOff"],
  [<LockMark key="lock" />, "modules.legend.locked"],
  ["⚠", "modules.legend.trouble"],
  ["✎", "modules.legend.pending"],
] as const satisfies readonly (readonly [ReactNode, string])[];

/** What the signs of the matrix mean. */
export function Legend() {
  const text = useText();
  return (
    <ul className="ad-legend">
      {signs.map(([sign, key]) => (
        <li key={key}>
          <span aria-hidden="true">{sign}</span> {text(key)}
        </li>
      ))}
    </ul>
  );
}
