import type { ImportReport } from "@doorstep/contracts";
import { Alert, Button, Select, Steps } from "@doorstep/ui";
import { type ReactNode, useState } from "react";
import { useText } from "../app/i18n.ts";
import { useAct } from "../app/use-act.ts";
import { ChooseFile } from "./choose-file.tsx";
import { ProblemTable } from "./problem-table.tsx";
import { guessMapping, type ImportField, type List, type Mapping, namedRows } from "./read-list.ts";

export interface NamedField extends ImportField {
  readonly label: string;
}

interface ImportWizardProps<R extends ImportReport> {
  readonly fields: readonly NamedField[];
  readonly run: (
    input: { rows: Record<string, string>[]; apply: boolean },
    onProgress: (done: number, all: number) => void,
  ) => Promise<R>;
  /** what is shown once, after the import */
  readonly after?: (report: R) => ReactNode;
}

/** File, columns, trial run, import: the same for every list. Nothing is saved before the last step. */
export function ImportWizard<R extends ImportReport>(props: ImportWizardProps<R>) {
  const text = useText();
  const [list, setList] = useState<List>();
  const [mapping, setMapping] = useState<Mapping>({});
  const [progress, setProgress] = useState<{ done: number; all: number }>();
  const run = async (input: { rows: Record<string, string>[]; apply: boolean }) => {
    setProgress(undefined);
    return await props.run(input, (done, all) => setProgress({ done, all }));
  };
  const trial = useAct(run);
  const apply = useAct(run);
  const steps = [
    text("importing.stepFile"),
    text("importing.stepColumns"),
    text("importing.stepTrial"),
    text("importing.stepDone"),
  ];
  const step = apply.result ? 4 : trial.result ? 3 : list ? 2 : 1;
  const columnName = (column: string) => props.fields.find((field) => field.name === column)?.label ?? column;
  const startOver = () => {
    setList(undefined);
    trial.reset();
    apply.reset();
  };
  const rows = list ? namedRows(list, mapping) : [];
  return (
    <>
      <Steps current={step} total={steps.length} />
      <h2>{steps[step - 1]}</h2>
      <p role="status" className="ad-done">
        {(trial.busy || apply.busy) && progress ? text("importing.progress", progress) : ""}
      </p>
      {step === 1 && (
        <ChooseFile
          onList={(next) => {
            setList(next);
            setMapping(guessMapping(next.headings, props.fields));
          }}
        />
      )}
      {step === 2 && list && (
        <MatchColumns
          list={list}
          fields={props.fields}
          mapping={mapping}
          onChange={setMapping}
          busy={trial.busy}
          error={trial.error}
          onBack={startOver}
          onTrial={() => trial.run({ rows, apply: false })}
        />
      )}
      {step === 3 && trial.result && (
        <>
          <p>{text("importing.trialNote")}</p>
          <Counts report={trial.result} />
          <ProblemTable report={trial.result} columnName={columnName} />
          {apply.error && (
            <Alert color="red" role="alert" className="ds-alert">
              {apply.error}
            </Alert>
          )}
          <TrialButtons
            report={trial.result}
            busy={apply.busy}
            onApply={() => apply.run({ rows, apply: true })}
            onBack={() => trial.reset()}
          />
        </>
      )}
      {step === 4 && apply.result && (
        <>
          <p role="status">{text("importing.done")}</p>
          <Counts report={apply.result} />
          {props.after?.(apply.result)}
          <ProblemTable report={apply.result} columnName={columnName} />
          <div>
            <Button variant="default" onClick={startOver}>
              {text("importing.again")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

function Counts(props: { readonly report: ImportReport }) {
  const text = useText();
  return <p className="ad-line ad-strong">{text("importing.result", props.report.counts)}</p>;
}

interface TrialButtonsProps {
  readonly report: ImportReport;
  readonly busy: boolean;
  readonly onApply: () => void;
  readonly onBack: () => void;
}

function TrialButtons(props: TrialButtonsProps) {
  const text = useText();
  const count = props.report.counts.create + props.report.counts.update;
  return (
    <div className="ds-row">
      {count > 0 ? (
        <Button loading={props.busy} onClick={props.onApply}>
          {text("importing.applyRows", { count })}
        </Button>
      ) : (
        <p>{text("importing.nothingToDo")}</p>
      )}
      <Button variant="default" onClick={props.onBack}>
        {text("app.back")}
      </Button>
    </div>
  );
}

interface MatchColumnsProps {
  readonly list: List;
  readonly fields: readonly NamedField[];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onTrial: () => void;
  readonly onBack: () => void;
}

function MatchColumns(props: MatchColumnsProps) {
  const text = useText();
  const { list, mapping } = props;
  const [asked, setAsked] = useState(false);
  // Without headings the first row of data would silently be taken for them.
  const hasKnownHeading = Object.values(guessMapping(list.headings, props.fields)).some((at) => at !== undefined);
  const missing = props.fields.filter((field) => field.required && mapping[field.name] === undefined);
  const options = list.headings.map((heading, index) => ({
    value: String(index),
    label: `${heading || index + 1}${list.rows[0]?.[index] ? `（${list.rows[0][index]}）` : ""}`,
  }));
  const go = () => {
    setAsked(true);
    if (missing.length === 0) props.onTrial();
  };
  return (
    <>
      <p>{text("importing.rowsRead", { count: list.rows.length })}</p>
      {!hasKnownHeading && (
        <Alert color="red" role="alert" className="ds-alert">
          {text("importing.noHeadings", {
            found: list.headings.filter(Boolean).slice(0, 5).join(text("importing.comma")),
            known: props.fields.map((field) => field.label).join(text("importing.comma")),
          })}
        </Alert>
      )}
      <div className="ad-fields">
        {props.fields.map((field) => (
          <Select
            key={field.name}
            name={field.name}
            label={field.label}
            required={field.required}
            options={options}
            value={mapping[field.name] === undefined ? "" : String(mapping[field.name])}
            onChange={(value) => props.onChange({ ...mapping, [field.name]: value === "" ? undefined : Number(value) })}
            error={asked && missing.includes(field) ? text("importing.needed", { column: field.label }) : undefined}
          />
        ))}
      </div>
      {props.error && (
        <Alert color="red" role="alert" className="ds-alert">
          {props.error}
        </Alert>
      )}
      <div className="ds-row">
        <Button loading={props.busy} onClick={go}>
          {text("importing.trial")}
        </Button>
        <Button variant="default" onClick={props.onBack}>
          {text("app.back")}
        </Button>
      </div>
    </>
  );
}
