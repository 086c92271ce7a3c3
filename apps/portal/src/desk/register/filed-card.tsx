import type { FiledFor } from "@doorstep/sdk";
import { Button, formatDate } from "@doorstep/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { openLetterPdf } from "../letters/open-pdf.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

interface FiledCardProps {
  readonly filed: FiledFor;
  /** whether the code is printed with it; else it is written down by hand */
  readonly codeOnPaper?: boolean | undefined;
  readonly children?: ReactNode;
}

/** What the person at the counter takes home: the receipt, the return code once, what happens by when. */
export function FiledCard(props: FiledCardProps) {
  const { text, language } = useDeskText();
  const { filed, codeOnPaper = true } = props;
  const { caseId } = filed;
  const heading = useRef<HTMLHeadingElement>(null);
  const [failed, setFailed] = useState<string>();
  useEffect(() => heading.current?.focus(), [filed.caseNo]);
  const receipt = (of: string) =>
    openLetterPdf(of, "D1", language).then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(problemOf(error, language).message),
    );
  return (
    <section className="ds-panel desk-filed" aria-labelledby="filed">
      <h2 id="filed" ref={heading} tabIndex={-1}>
        {text("desk.register.filed", { no: filed.caseNo })}
      </h2>
      <div className={codeOnPaper ? undefined : "ds-no-print"}>
        <p>{text(codeOnPaper ? "desk.register.code" : "desk.register.codeByHand")}</p>
        <p className="ds-code">{filed.returnCode}</p>
      </div>
      <ul className="ds-list">
        {filed.next.map((step) => (
          <li key={step.code}>
            <strong>{formatDate(step.dueOn, language)}</strong>
            {" — "}
            {step.sentence[language]}
          </li>
        ))}
      </ul>
      {props.children}
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
      <div className="ds-row ds-no-print">
        {caseId !== null && (
          <Button variant="default" onClick={() => void receipt(caseId)}>
            {text("desk.register.receipt")}
          </Button>
        )}
        <Button variant="default" onClick={() => print()}>
          {text("desk.print")}
        </Button>
        {caseId !== null && (
          <DeskLink to={{ page: "case", caseNo: filed.caseNo, filter: openQueue }} className="ds-link">
            {text("desk.register.toCase")}
          </DeskLink>
        )}
      </div>
    </section>
  );
}
