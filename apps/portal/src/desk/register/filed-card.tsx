import type { FileResult } from "@doorstep/contracts";
import { Button, formatDate } from "@doorstep/ui";
import { useEffect, useRef, useState } from "react";
import { openLetterPdf } from "../letters/open-pdf.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

export type FiledCase = FileResult & { readonly caseId: string };

/** What the person at the counter takes home: the receipt, the return code once, what happens by when. */
export function FiledCard(props: { readonly filed: FiledCase }) {
  const { text, language } = useDeskText();
  const { filed } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const [failed, setFailed] = useState<string>();
  useEffect(() => heading.current?.focus(), [filed.caseId]);
  const receipt = () =>
    openLetterPdf(filed.caseId, "D1", language).then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(problemOf(error, language).message),
    );
  return (
    <section className="ds-panel desk-filed" aria-labelledby="filed">
      <h2 id="filed" ref={heading} tabIndex={-1}>
        {text("desk.register.filed", { no: filed.caseNo })}
      </h2>
      <p>{text("desk.register.code")}</p>
      <p className="ds-code">{filed.returnCode}</p>
      <ul className="ds-list">
        {filed.next.map((step) => (
          <li key={step.code}>
            <strong>{formatDate(step.dueOn, language)}</strong>
            {" — "}
            {step.sentence[language]}
          </li>
        ))}
      </ul>
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
      <div className="ds-row ds-no-print">
        <Button variant="default" onClick={() => void receipt()}>
          {text("desk.register.receipt")}
        </Button>
        <Button variant="default" onClick={() => print()}>
          {text("desk.print")}
        </Button>
        <DeskLink to={{ page: "case", caseNo: filed.caseNo, filter: openQueue }} className="ds-link">
          {text("desk.register.toCase")}
        </DeskLink>
      </div>
    </section>
  );
}
