import { type SystemScope, type SystemView, sensitiveScopes, systemScopes } from "@doorstep/contracts";
import { Alert, DateField, Form, TextField, Tick } from "@doorstep/ui";
import { useState } from "react";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "../units/unit-picker.tsx";

type Values = { readonly name: string; readonly why: string; readonly unit: string } & Readonly<
  Record<SystemScope, boolean>
>;
const nothing: Values = {
  name: "",
  why: "",
  unit: "",
  "units.read": false,
  "modules.read": false,
  "modules.call": false,
  "intake.file": false,
  "cases.read": false,
  "import.run": false,
  "ledger.read": false,
};
const chosen = (values: Values): SystemScope[] => systemScopes.filter((scope) => values[scope]);
const waits = (values: Values): boolean => chosen(values).some((scope) => sensitiveScopes.includes(scope));

/** Names the system, its unit and what it may do. */
export function AddSystemForm(props: { readonly onDone: (waits: boolean) => void }) {
  const text = useText();
  const [values, setValues] = useState(nothing);
  const [asked, setAsked] = useState(false);
  const missing = asked && chosen(values).length === 0;
  const add = useAct(kernelClient.systems.add.mutate, { done: () => props.onDone(waits(values)) });
  return (
    <Form
      initial={nothing}
      onChange={setValues}
      submitLabel={text("systems.addNow")}
      busy={add.busy}
      error={add.error}
      onSubmit={(typed) => {
        const scopes = chosen(typed);
        setAsked(true);
        if (scopes.length > 0) add.run({ name: typed.name, why: typed.why, unitId: typed.unit, scopes });
      }}
    >
      <TextField name="name" label={text("systems.name")} required maxLength={60} />
      <UnitPicker name="unit" label={text("systems.unit")} hint={text("systems.unitHint")} required />
      <fieldset className="ds-stack">
        <legend className="ds-legend">{text("systems.scopes")}</legend>
        {systemScopes.map((scope) => (
          <Tick key={scope} name={scope} label={text(`systems.scope.${scope}`)} />
        ))}
        {missing && (
          <Alert color="red" role="alert" className="ds-alert">
            {text("systems.scopeMissing")}
          </Alert>
        )}
      </fieldset>
      {waits(values) && (
        <Alert color="orange" variant="light" className="ds-alert">
          {text("systems.sensitive")}
        </Alert>
      )}
      <TextField name="why" label={text("systems.why")} hint={text("systems.whyHint")} required maxLength={200} />
    </Form>
  );
}

/** Says until when a token holds; the token itself goes up to the screen, which shows it once. */
export function IssueTokenForm(props: { readonly system: SystemView; readonly onDone: (token: string) => void }) {
  const text = useText();
  const issue = useAct(kernelClient.systems.issueToken.mutate, { done: ({ token }) => props.onDone(token) });
  return (
    <>
      <p>{text("systems.issueNote")}</p>
      <Form
        initial={{ until: "" }}
        submitLabel={text("systems.issue")}
        busy={issue.busy}
        error={issue.error}
        onSubmit={({ until }) => issue.run({ systemId: props.system.id, until })}
      >
        <DateField name="until" label={text("systems.until")} hint={text("systems.untilHint")} required />
      </Form>
    </>
  );
}

export function EndSystemForm(props: { readonly system: SystemView; readonly onDone: () => void }) {
  const text = useText();
  const end = useAct(kernelClient.systems.end.mutate, { done: props.onDone });
  return (
    <>
      <p>{text("systems.endNote")}</p>
      <Form
        initial={{ why: "" }}
        submitLabel={text("systems.end")}
        busy={end.busy}
        error={end.error}
        onSubmit={({ why }) => end.run({ systemId: props.system.id, why })}
      >
        <TextField name="why" label={text("systems.endWhy")} required maxLength={200} />
      </Form>
    </>
  );
}
