import { Button, Form } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import { ParamField } from "./param-field.tsx";
import { answersOf, readParams } from "./read-params.ts";
import { ReportTable } from "./report-table.tsx";
import { type FileFormat, fileFormats, isBook, saveBook, saveReport } from "./save-report.ts";

/** One report: what it asks, what it answers, and the way to take it along. */
export function ReportPart(props: {
  readonly report: { readonly key: string; readonly mayTake: boolean; readonly params?: unknown };
}) {
  const { text, language } = useDeskText();
  const { key } = props.report;
  const params = readParams(props.report.params);
  const [asked, setAsked] = useState<Record<string, unknown>>({});
  const run = useMutation({
    mutationFn: (answers: Record<string, unknown>) => kernelClient.reports.run.query({ key, params: answers }),
  });
  const take = useMutation({
    mutationFn: async (format: FileFormat) => {
      if (format === "xlsx" && isBook(key)) return await saveBook(key, asked, language);
      saveReport(format, await kernelClient.reports.take.mutate({ key, params: asked, format, locale: language }));
    },
  });
  const problem = run.error ? problemOf(run.error, language) : undefined;
  const takeButton = (format: FileFormat) => (
    <Button
      key={format}
      variant="default"
      loading={take.isPending && take.variables === format}
      onClick={() => take.mutate(format)}
    >
      {text(`desk.reports.${format}`)}
    </Button>
  );
  return (
    <>
      <Form
        initial={Object.fromEntries(params.map((param) => [param.name, param.initial]))}
        submitLabel={text("desk.reports.run")}
        busy={run.isPending}
        error={problem?.message}
        onSubmit={(values) => {
          const answers = answersOf(values);
          setAsked(answers);
          run.mutate(answers);
        }}
      >
        {params.map((param) => (
          <ParamField key={param.name} param={param} />
        ))}
      </Form>
      {run.data && (
        <>
          <ReportTable result={run.data} />
          {props.report.mayTake && <div className="ds-row">{fileFormats.map(takeButton)}</div>}
          <p className="ds-hint">{text(props.report.mayTake ? "desk.reports.takenNote" : "desk.reports.readOnly")}</p>
        </>
      )}
      {problem?.code === "table.tooLong" && isBook(key) && (
        <>
          <div>{takeButton("xlsx")}</div>
          <p className="ds-hint">{text("desk.reports.longBook")}</p>
        </>
      )}
      {take.error && <FailedState error={take.error} onRetry={() => take.reset()} />}
    </>
  );
}
