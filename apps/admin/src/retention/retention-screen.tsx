import { type KernelContract, type RetentionClass, retentionClasses, retentionTerms } from "@doorstep/contracts";
import {
  Button,
  EmptyState,
  Form,
  formatDate,
  formatInstant,
  NumberField,
  Screen,
  Select,
  SidePanel,
  TextField,
} from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "../units/unit-picker.tsx";

type State = z.output<KernelContract["retention"]["state"]["output"]>;
type Run = State["runs"][number];

/** How long things are kept, what is due, and the register of what was destroyed. */
export function RetentionScreen() {
  const text = useText();
  const [told, setTold] = useState<string>();
  const [changing, setChanging] = useState(false);
  const [deciding, setDeciding] = useState<{ readonly run: Run; readonly approve: boolean }>();
  const state = useQuery(kernel.retention.state.queryOptions({}));
  const look = useAct(kernelClient.retention.look.mutate, { done: () => setTold(text("retention.looked")) });
  return (
    <Screen
      title={text("retention.title")}
      width="wide"
      notice={told}
      error={look.error}
      actions={
        <Button loading={look.busy} onClick={() => look.run({})}>
          {text("retention.look")}
        </Button>
      }
    >
      <p>{text("retention.intro")}</p>
      <Loaded query={state}>
        {(data) => (
          <>
            <Waiting runs={data.runs} onDecide={(run, approve) => setDeciding({ run, approve })} />
            <Rules state={data} onChange={() => setChanging(true)} />
            <Register runs={data.runs} />
          </>
        )}
      </Loaded>
      <SidePanel opened={changing} title={text("retention.changeTitle")} onClose={() => setChanging(false)}>
        <RuleForm
          onSaved={() => {
            setChanging(false);
            setTold(text("retention.saved"));
          }}
        />
      </SidePanel>
      <SidePanel
        opened={deciding !== undefined}
        title={deciding ? text("retention.approveTitle", { class: text(`retention.class.${deciding.run.class}`) }) : ""}
        onClose={() => setDeciding(undefined)}
      >
        {deciding && (
          <DecideForm
            {...deciding}
            onDone={() => {
              setDeciding(undefined);
              setTold(text("retention.decided"));
            }}
          />
        )}
      </SidePanel>
    </Screen>
  );
}

function Waiting(props: { readonly runs: readonly Run[]; readonly onDecide: (run: Run, approve: boolean) => void }) {
  const text = useText();
  const waiting = props.runs.filter((run) => run.state === "waiting");
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{text("retention.waiting")}</h2>
      <ul className="ds-list">
        {waiting.map((run) => {
          const about = text(`retention.class.${run.class}`);
          return (
            <li key={run.id} className="ds-panel ds-panel-warn">
              <p className="ad-line">
                {text("retention.waitingLine", { class: about, due: run.due, held: run.held, months: run.months })}
              </p>
              <p className="ds-row">
                <Button aria-label={`${text("retention.approve")}: ${about}`} onClick={() => props.onDecide(run, true)}>
                  {text("retention.approve")}
                </Button>
                <Button
                  variant="default"
                  aria-label={`${text("retention.decline")}: ${about}`}
                  onClick={() => props.onDecide(run, false)}
                >
                  {text("retention.decline")}
                </Button>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Rules(props: { readonly state: State; readonly onChange: () => void }) {
  const text = useText();
  const language = useLanguage();
  return (
    <section aria-labelledby="rules">
      <div className="ds-row ds-row-between">
        <h2 id="rules">{text("retention.rules")}</h2>
        <Button variant="default" onClick={props.onChange}>
          {text("retention.change")}
        </Button>
      </div>
      <ul className="ad-rows">
        {props.state.classes.map((one) => (
          <li key={one.class}>
            <Rule state={props.state} kind={one.class} />
            <p className="ad-line">
              {text("retention.due", { due: one.due, held: one.held })}
              {one.oldest && ` · ${text("retention.oldest", { date: formatDate(one.oldest, language) })}`}
            </p>
            <p className="ds-hint">
              {one.approvedAt
                ? text("retention.standing", {
                    name: one.approvedBy ?? "",
                    at: formatInstant(one.approvedAt, language),
                  })
                : text("retention.notStanding")}
            </p>
          </li>
        ))}
        <li>
          <Rule state={props.state} kind="organRecords" />
          <p className="ds-hint">{text("retention.organOwn")}</p>
        </li>
      </ul>
    </section>
  );
}

function Rule(props: { readonly state: State; readonly kind: RetentionClass }) {
  const text = useText();
  const name = useName();
  const { kind } = props;
  return (
    <>
      <span className="ad-strong">{text(`retention.class.${kind}`)}</span>
      <span className="ds-hint">{` · ${text(`retention.from.${kind}`)} · ${text(`retention.way.${kind}`)}`}</span>
      <ul className="ad-plain">
        {props.state.rules
          .filter((rule) => rule.class === kind)
          .map((rule) => (
            <li key={rule.unit?.id ?? ""}>
              {`${rule.unit ? name(rule.unit.name) : text("retention.platform")} · ${text("retention.months", { months: rule.months })}`}
            </li>
          ))}
      </ul>
    </>
  );
}

function Register(props: { readonly runs: readonly Run[] }) {
  const text = useText();
  const language = useLanguage();
  const past = props.runs.filter((run) => run.state !== "waiting");
  return (
    <section aria-labelledby="register">
      <h2 id="register">{text("retention.register")}</h2>
      {past.length === 0 ? (
        <EmptyState title={text("retention.none")} />
      ) : (
        <ul className="ad-rows">
          {past.map((run) => (
            <li key={run.id}>
              <span className="ad-strong">
                {`${text(`retention.class.${run.class}`)} · ${text(`retention.state.${run.state}`, { count: run.destroyed })}`}
              </span>
              <br />
              <span className="ds-hint">
                {[
                  text("retention.runLine", { at: formatInstant(run.foundAt, language), months: run.months }),
                  ...(run.decidedBy ? [text("retention.by", { name: run.decidedBy, reason: run.reason })] : []),
                  ...(run.finishedAt ? [formatInstant(run.finishedAt, language)] : []),
                ].join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function RuleForm(props: { readonly onSaved: () => void }) {
  const text = useText();
  const save = useAct(kernelClient.retention.setRule.mutate, { done: props.onSaved });
  const initial: { class: RetentionClass; unitId: string; months: number | undefined; reason: string } = {
    class: "caseFile",
    unitId: "",
    months: retentionTerms.caseFile.usual,
    reason: "",
  };
  return (
    <Form
      initial={initial}
      validate={({ months }) => (months === undefined ? { months: text("retention.number") } : {})}
      submitLabel={text("retention.save")}
      busy={save.busy}
      error={save.error}
      onSubmit={({ unitId, months, ...rest }) => save.run({ ...rest, unitId: unitId || null, months: months ?? 0 })}
    >
      <Select
        name="class"
        label={text("retention.rules")}
        required
        options={retentionClasses.map((one) => ({
          value: one,
          label: `${text(`retention.class.${one}`)} · ${text(`retention.way.${one}`)}`,
        }))}
      />
      <UnitPicker name="unitId" label={text("retention.unit")} />
      <NumberField name="months" label={text("retention.newMonths")} required min={1} max={1_200} />
      <TextField name="reason" label={text("retention.why")} required maxLength={300} />
    </Form>
  );
}

function DecideForm(props: { readonly run: Run; readonly approve: boolean; readonly onDone: () => void }) {
  const text = useText();
  const decide = useAct(kernelClient.retention.decide.mutate, { done: props.onDone });
  return (
    <>
      <p>{props.approve ? text("retention.approveNote", { due: props.run.due }) : text("retention.declineNote")}</p>
      <Form
        initial={{ reason: "" }}
        submitLabel={text(props.approve ? "retention.approve" : "retention.decline")}
        busy={decide.busy}
        error={decide.error}
        onSubmit={({ reason }) => decide.run({ runId: props.run.id, approve: props.approve, reason })}
      >
        <TextField name="reason" label={text("retention.why")} required maxLength={300} />
      </Form>
    </>
  );
}
