import type { UnitLetterItem } from "@doorstep/contracts";
import { formatInstant, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { LetterSheet } from "../letters/letter-sheet.tsx";
import { openUnitLetterPdf } from "../letters/open-pdf.ts";
import { PdfButtons } from "../letters/pdf-buttons.tsx";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { UnitLetterHold } from "./unit-letter-hold.tsx";
import { UnitLetterSteps } from "./unit-letter-steps.tsx";

function Facts({ item }: { readonly item: UnitLetterItem }) {
  const { text, language } = useDeskText();
  const at = (instant: string | null) => (instant ? formatInstant(instant, language) : "");
  const drafted = item.draftedBy ? text("desk.unitLetters.draftedBy", { name: item.draftedBy }) : null;
  return (
    <>
      <p>
        {text("desk.unitLetters.route", { from: item.from.name[language], to: item.to.name[language] })} ·{" "}
        {text(`desk.unitLetters.state.${item.state}`)} · {drafted ?? text("desk.unitLetters.byModule")}
      </p>
      {item.case && (
        <DeskLink to={{ page: "case", caseNo: item.case.caseNo, filter: openQueue }} className="ds-link">
          {text("desk.unitLetters.ofCase", { caseNo: item.case.caseNo })}
        </DeskLink>
      )}
      {item.signedBy && (
        <p className="ds-hint">
          {text("desk.unitLetters.signedBy", { name: item.signedBy, at: at(item.issuedAt) })} ·{" "}
          {item.receivedBy
            ? text("desk.unitLetters.receivedBy", { name: item.receivedBy, at: at(item.receivedAt) })
            : text("desk.unitLetters.notReceived")}
        </p>
      )}
      {item.state === "sentBack" && (
        <p className="ds-text">{text("desk.unitLetters.sentBackReason", { reason: item.sentBackReason })}</p>
      )}
    </>
  );
}

/** One letter between units: where it stands, what may be done with it, and the letter itself in both languages. */
export function UnitLetterDetail(props: { readonly letterId: string; readonly onDone: (message: string) => void }) {
  const { text } = useDeskText();
  const { letterId } = props;
  const found = useQuery(kernel.unitLetters.read.queryOptions({ letterId }));
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <FailedState error={found.error} onRetry={() => void found.refetch()} />;
  const { item, doc } = found.data;
  return (
    <>
      <Facts item={item} />
      <UnitLetterSteps item={item} onDone={props.onDone} />
      {item.case === null && <UnitLetterHold item={item} />}
      <section aria-label={text("desk.unitLetters.preview")} className="desk-letter">
        <PdfButtons open={(locale) => openUnitLetterPdf(letterId, locale)} />
        <LetterSheet doc={doc} />
      </section>
    </>
  );
}
