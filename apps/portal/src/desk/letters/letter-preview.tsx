import { Button, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import { LetterSheet, type WriteText } from "./letter-sheet.tsx";
import { openPdf } from "./open-pdf.ts";
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
  const [failed, setFailed] = useState<string>();
  const [busy, setBusy] = useState(false);
  const preview = useQuery(kernel.notices.preview.queryOptions({ caseId, noticeId }));
  const pdf = async (locale: "zh-CN" | "en") => {
    setBusy(true);
    await openPdf(caseId, noticeId, locale).then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(problemOf(error, language).message),
    );
    setBusy(false);
  };
  if (preview.isPending) return <Skeleton lines={8} />;
  if (preview.isError) return <FailedState error={preview.error} onRetry={() => void preview.refetch()} />;
  const doc = readDoc(preview.data.doc, language);
  return (
    <section aria-label={text("desk.letters.preview")} className="desk-letter">
      <div className="ds-row ds-no-print">
        <Button variant="default" loading={busy} onClick={() => void pdf("zh-CN")}>
          {text("desk.letters.pdfZh")}
        </Button>
        <Button variant="default" loading={busy} onClick={() => void pdf("en")}>
          {text("desk.letters.pdfEn")}
        </Button>
      </div>
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
      {doc ? <LetterSheet doc={doc} write={props.write} /> : <p>{text("desk.letters.noPreview")}</p>}
    </section>
  );
}
