import { Button } from "@doorstep/ui";
import { useState } from "react";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import type { Locale } from "./open-pdf.ts";

/** A letter's PDF in each language, and what is wrong where it cannot be had. */
export function PdfButtons(props: { readonly open: (locale: Locale) => Promise<void> }) {
  const { text, language } = useDeskText();
  const [failed, setFailed] = useState<string>();
  const [busy, setBusy] = useState(false);
  const open = async (locale: Locale) => {
    setBusy(true);
    await props.open(locale).then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(problemOf(error, language).message),
    );
    setBusy(false);
  };
  return (
    <>
      <div className="ds-row ds-no-print">
        <Button variant="default" loading={busy} onClick={() => void open("zh-CN")}>
          {text("desk.letters.pdfZh")}
        </Button>
        <Button variant="default" loading={busy} onClick={() => void open("en")}>
          {text("desk.letters.pdfEn")}
        </Button>
      </div>
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
    </>
  );
}
