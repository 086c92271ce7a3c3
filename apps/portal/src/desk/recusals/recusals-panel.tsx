import type { CaseView } from "@doorstep/contracts";
import { Button, formatInstant } from "@doorstep/ui";
import { nameOf, useDeskText } from "../text.ts";

type Recusal = CaseView["recusals"][number];

interface RecusalsPanelProps {
  readonly recusals: readonly Recusal[];
  readonly onDecide: (personId: string) => void;
}

/** Who stands out of the case and why, for the leader who decides on it [SD15:17]. */
export function RecusalsPanel(props: RecusalsPanelProps) {
  const { text, language } = useDeskText();
  if (props.recusals.length === 0) return null;
  const standing = (one: Recusal): string => {
    if (one.decidedBy) return nameOf(text, "recusals.state", one.state);
    return one.source === "self" ? text("desk.recusals.waiting") : nameOf(text, "recusals.state", one.state);
  };
  return (
    <section aria-labelledby="recusals" className="desk-recusals ds-no-print">
      <h2 id="recusals">{text("desk.recusals.title")}</h2>
      <ul>
        {props.recusals.map((one) => (
          <li key={one.person.id}>
            <p>
              <strong>{one.person.name}</strong> · {standing(one)}
            </p>
            <p className="ds-hint">
              {nameOf(text, "recusals.source", one.source)} · {formatInstant(one.at, language)}
              {one.decidedBy && ` · ${text("desk.recusals.decidedBy", { name: one.decidedBy })}`}
            </p>
            {one.reason && <p className="ds-text">{one.reason}</p>}
            {one.mayDecide && (
              <Button size="sm" variant="default" onClick={() => props.onDecide(one.person.id)}>
                {text(one.decidedBy ? "desk.recusals.again" : "desk.recusals.decide", { name: one.person.name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
