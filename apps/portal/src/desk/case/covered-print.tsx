import type { CaseView } from "@doorstep/contracts";
import { Button, Screen, useShortcuts } from "@doorstep/ui";
import { useEffect } from "react";
import { nameOf, useDeskText } from "../text.ts";
import { FactsPanel } from "./facts-panel.tsx";
import { MatterTab } from "./matter-tab.tsx";
import { ThreadTab } from "./thread-tab.tsx";

interface CoveredPrintProps {
  /** as the kernel covers it: the words are not in it */
  readonly c: CaseView;
  readonly onClose: () => void;
}

/** The whole case on one page, as it may be handed to somebody outside of the circle; goes to the printer by itself. */
export function CoveredPrint(props: CoveredPrintProps) {
  const { text } = useDeskText();
  const { c, onClose } = props;
  useEffect(() => window.print(), []);
  useShortcuts([{ keys: "u", label: text("desk.keys.back"), run: onClose }]);
  return (
    <Screen
      title={c.title}
      width="full"
      before={
        <div className="ds-row ds-no-print">
          <Button variant="default" size="sm" onClick={onClose}>
            {text("desk.case.coveredBack")}
          </Button>
        </div>
      }
      actions={
        <p className="desk-row-facts">
          <span className="ds-mono">{c.caseNo}</span>
          <strong>{nameOf(text, "state", c.state)}</strong>
        </p>
      }
    >
      <FactsPanel c={c} onIdentity={onClose} />
      <MatterTab c={c} />
      <section aria-labelledby="covered-thread">
        <h2 id="covered-thread">{text("desk.case.thread")}</h2>
        <ThreadTab c={c} />
      </section>
    </Screen>
  );
}
