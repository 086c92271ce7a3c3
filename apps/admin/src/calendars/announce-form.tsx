import type { CalendarView } from "@doorstep/contracts";
import { Form, TextArea, TextField } from "@doorstep/ui";
import { useState } from "react";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { ChooseFile } from "../import/choose-file.tsx";
import { readDays } from "./read-days.ts";

interface AnnounceFormProps {
  readonly view: CalendarView;
  readonly onDone: (result: { calendar: string; recounted: number }) => void;
}

/** The next year's holidays, typed, pasted or read from a file. */
export function AnnounceForm(props: AnnounceFormProps) {
  const text = useText();
  const { view } = props;
  const [read, setRead] = useState("");
  const announce = useAct(kernelClient.calendars.announce.mutate, { done: props.onDone });
  const problemOf = (lines: string): string | undefined => {
    const days = readDays(lines, view.year);
    if (!("problem" in days)) return undefined;
    return text(`calendars.${days.problem}`, {
      ...("line" in days && { line: days.line, text: days.text }),
      ...("date" in days && { date: days.date }),
      year: view.year,
    });
  };
  return (
    <section aria-labelledby="announce" className="ad-part">
      <h2 id="announce">{text("calendars.announceTitle", { year: view.year })}</h2>
      <ChooseFile onList={(list) => setRead([list.headings, ...list.rows].map((row) => row.join(",")).join("\n"))} />
      <Form
        key={read}
        initial={{ lines: read, source: "", sourceEn: "" }}
        submitLabel={text("calendars.announce")}
        busy={announce.busy}
        error={announce.error}
        validate={(v) => ({ lines: problemOf(v.lines) })}
        onSubmit={(v) => {
          const days = readDays(v.lines, view.year);
          if ("problem" in days) return;
          announce.run({
            unitId: view.unit.id,
            year: view.year,
            days: [...days],
            source: { "zh-CN": v.source.trim(), en: v.sourceEn.trim() },
          });
        }}
      >
        <TextArea name="lines" label={text("calendars.lines")} hint={text("calendars.linesHint")} required />
        <TextField name="source" label={text("calendars.source")} required maxLength={200} />
        <TextField name="sourceEn" label={text("calendars.sourceEn")} required maxLength={200} />
      </Form>
    </section>
  );
}
