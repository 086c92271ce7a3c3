import type { CaseView } from "@doorstep/contracts";
import { Badge, Button, EmptyState, formatDate } from "@doorstep/ui";
import { useState } from "react";
import { mayDeliver } from "../acts/act-plan.ts";
import { openPdf } from "../letters/open-pdf.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { problemOf } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";

interface LettersTabProps {
  readonly c: CaseView;
  readonly onDeliver: (noticeId: string) => void;
}

/** Every letter of the case with where it stands, and the step it waits for. */
export function LettersTab(props: LettersTabProps) {
  const { text, language } = useDeskText();
  const { c } = props;
  const [failed, setFailed] = useState<string>();
  if (c.notices.length === 0) return <EmptyState title={text("desk.case.noLetters")} />;
  return (
    <>
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
      <ul className="ds-list">
        {c.notices.map((notice) => (
          <li key={notice.id} className="ds-panel desk-notice">
            <div>
              <DeskLink to={{ page: "letter", noticeId: notice.id, caseId: c.caseId }} className="desk-row-title">
                {notice.name[language]}
              </DeskLink>
              <p className="desk-row-facts">
                <Badge color={notice.state === "delivered" ? "teal" : "blue"} c="dark.9">
                  {nameOf(text, "notice", notice.state)}
                </Badge>
                {notice.number && <span>{notice.number}</span>}
                {notice.deliveredOn && (
                  <span>{text("desk.case.deliveredOn", { date: formatDate(notice.deliveredOn, language) })}</span>
                )}
              </p>
            </div>
            <div className="ds-row ds-no-print">
              <Button
                variant="default"
                size="sm"
                aria-label={text("desk.case.pdfOf", { letter: notice.name[language] })}
                onClick={() =>
                  void openPdf(c.caseId, notice.id, language).catch((error: unknown) =>
                    setFailed(problemOf(error, language).message),
                  )
                }
              >
                {text("desk.case.pdf")}
              </Button>
              {mayDeliver(c.acts, notice) && (
                <Button size="sm" onClick={() => props.onDeliver(notice.id)}>
                  {text("desk.letters.deliver")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
