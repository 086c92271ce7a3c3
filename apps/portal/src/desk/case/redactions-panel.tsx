import type { CaseView } from "@doorstep/contracts";
import { Button, formatInstant } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { nameOf, useDeskText } from "../text.ts";

interface RedactionsPanelProps {
  readonly c: Pick<CaseView, "caseId" | "redactions" | "covered">;
  /** shows the case with its words covered, for the printer */
  readonly onPrint?: ((covered: CaseView) => void) | undefined;
}

/** Words that nobody outside of the circle reads, with who marked them and why; to somebody outside, that there are some. */
export function RedactionsPanel(props: RedactionsPanelProps) {
  const { text, language } = useDeskText();
  const { redactions, covered, caseId } = props.c;
  const print = useMutation({
    mutationFn: () => kernelClient.cases.covered.query({ caseId }),
    onSuccess: (shown) => props.onPrint?.(shown),
  });
  if (covered) return <p className="ds-panel">{text("desk.case.coveredNote")}</p>;
  if (redactions.length === 0) return null;
  return (
    <section aria-labelledby="redactions" className="ds-panel ds-no-print">
      <h2 id="redactions">{text("desk.case.redactions")}</h2>
      <ul className="ds-list">
        {redactions.map((one) => (
          <li key={one.id}>
            <p>
              <mark>{one.words}</mark> {nameOf(text, "redactionKind", one.kind)}
            </p>
            <p className="desk-row-facts">
              <span>{nameOf(text, "redactionReason", one.reason)}</span>
              <span>{text("desk.case.redactionBy", { by: one.by, date: formatInstant(one.at, language) })}</span>
            </p>
          </li>
        ))}
      </ul>
      {props.onPrint && (
        <Button variant="default" loading={print.isPending} onClick={() => print.mutate()}>
          {text("desk.case.coveredPrint")}
        </Button>
      )}
      {print.isError && <FailedState error={print.error} onRetry={() => print.mutate()} />}
    </section>
  );
}
