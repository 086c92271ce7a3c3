import { Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { LetterSheet, type WriteText } from "./letter-sheet.tsx";
import { openPdf } from "./open-pdf.ts";
import { PdfButtons } from "./pdf-buttons.tsx";
import { readDoc } from "./read-doc.ts";

interface LetterPreviewProps {
  readonly caseId: string;
  readonly noticeId: string;
  readonly write?: WriteText | undefined;
}

/** The letter as it will be, with the PDF itself in both languages. */
export function LetterPreview(props: LetterPreviewProps) {
  const { text, language } = useDeskText();
  const { caseId, noticeId } = props;
  const preview = useQuery(kernel.notices.preview.queryOptions({ caseId, noticeId }));
  if (preview.isPending) return <Skeleton lines={8} />;
  if (preview.isError) return <FailedState error={preview.error} onRetry={() => void preview.refetch()} />;
  const doc = readDoc(preview.data.doc, language);
  return (
    <section aria-label={text("desk.letters.preview")} className="desk-letter">
      <PdfButtons open={(locale) => openPdf(caseId, noticeId, locale)} />
      {doc ? <LetterSheet doc={doc} write={props.write} /> : <p>{text("desk.letters.noPreview")}</p>}
    </section>
  );
}
