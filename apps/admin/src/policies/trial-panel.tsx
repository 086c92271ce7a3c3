import type { PolicyTable, TrialResult } from "@doorstep/contracts";
import { Button, DateField, Form, formatDate, NumberField, Select } from "@doorstep/ui";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { usePeriodWords } from "./period-words.ts";
import { TrialCalendar } from "./trial-calendar.tsx";

type Line = Parameters<typeof kernelClient.packs.trial.query>[0]["lines"][number];
const MOST_LINES = 12;

interface Values {
  ref: string;
  startOn: string;
  extensionDays?: number;
  pausedFrom: string;
  pausedTo: string;
  ownDate: string;
  ownAmount?: number;
}

/** Tries periods out: the same arithmetic as a real clock, and nothing is started. */
export function TrialPanel(props: { readonly table: PolicyTable }) {
  const text = useText();
  const words = usePeriodWords();
  const { table } = props;
  const [lines, setLines] = useState<readonly Line[]>([]);
  const offered = table.rows.filter((row) => row.unit !== "hour" && row.direction === "after");
  const start: Values = {
    ref: offered.find((row) => row.ref === "K4")?.ref ?? "",
    startOn: table.today,
    pausedFrom: "",
    pausedTo: "",
    ownDate: "",
  };
  const [ref, setRef] = useState(start.ref);
  const chosen = offered.find((row) => row.ref === ref);
  const trial = useAct((all: readonly Line[]) =>
    kernelClient.packs.trial.query({ unitId: table.unit.id, lines: [...all] }),
  );
  const lineOf = (v: Values): Line => ({
    ref: v.ref,
    startOn: v.startOn,
    ...(v.extensionDays && chosen?.extensionDays && { extensionDays: v.extensionDays }),
    ...(chosen?.pauseAllowed &&
      v.pausedFrom &&
      v.pausedTo && { excluded: [{ from: v.pausedFrom, to: v.pausedTo, why: "hearing" as const }] }),
    ...(chosen?.own === "date" && { ownDate: v.ownDate }),
    ...(chosen?.own === "amount" && v.ownAmount && { ownAmount: v.ownAmount }),
  });
  const calculate = async (v: Values) => {
    const all = [...lines, lineOf(v)].slice(-MOST_LINES);
    trial.reset();
    await trial
      .runAsync(all)
      .then(() => setLines(all))
      .catch(() => undefined);
  };
  return (
    <section aria-labelledby="trial" className="ad-part">
      <h2 id="trial">{text("policies.trial")}</h2>
      <p className="ds-hint">{text("policies.trialHint")}</p>
      <Form<Values>
        initial={start}
        submitLabel={text(lines.length === 0 ? "policies.calculate" : "policies.add")}
        busy={trial.busy}
        error={trial.error}
        onChange={(v) => setRef(v.ref)}
        onSubmit={calculate}
        secondary={
          lines.length > 0 && (
            <Button
              variant="default"
              onClick={() => {
                setLines([]);
                trial.reset();
              }}
            >
              {text("policies.clear")}
            </Button>
          )
        }
      >
        <div className="ad-filters">
          <Select
            name="ref"
            label={text("policies.clock")}
            required
            options={offered.map((row) => ({ value: row.ref, label: words.title(row) }))}
          />
          <DateField name="startOn" label={text("policies.startOn")} required />
          {chosen?.extensionDays && (
            <NumberField
              name="extensionDays"
              label={text("policies.extension")}
              hint={text("policies.extend", { n: chosen.extensionDays })}
              min={0}
              max={chosen.extensionDays}
            />
          )}
          {chosen?.pauseAllowed && <DateField name="pausedFrom" label={text("policies.pausedFrom")} />}
          {chosen?.pauseAllowed && <DateField name="pausedTo" label={text("policies.pausedTo")} />}
          {chosen?.own === "date" && <DateField name="ownDate" label={text("policies.ownDate")} required />}
          {chosen?.own === "amount" && <NumberField name="ownAmount" label={text("policies.ownAmount")} min={1} />}
        </div>
      </Form>
      <div aria-live="polite">{lines.length > 0 && trial.result && <Tried result={trial.result} />}</div>
    </section>
  );
}

function Tried(props: { readonly result: TrialResult }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { lines, days } = props.result;
  return (
    <>
      <ol className="ad-tried">
        {lines.map((line, index) => (
          <li key={index}>
            <strong>
              {text("policies.due", { clock: name(line.name), date: formatDate(line.explain.due, language) })}
            </strong>
            <p className="ad-line">{name(line.sentence)}</p>
            <p className="ds-hint">
              {text("policies.warnOn", {
                list: line.signals
                  .filter((s) => s.signal !== "due" && s.signal !== "overdue")
                  .map((s) => `${text(`policies.signal.${s.signal}`)} ${formatDate(s.on, language)}`)
                  .join(language === "en" ? ", " : "，"),
              })}
            </p>
          </li>
        ))}
      </ol>
      <TrialCalendar
        starts={lines.map((line) => line.explain.start)}
        ends={lines.map((line) => line.explain.due)}
        days={days}
      />
    </>
  );
}
