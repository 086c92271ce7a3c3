import { anonymities, personKinds, purposes } from "@doorstep/contracts";
import { DateField, NumberField, RadioCards, Select, TextArea, TextField, Tick } from "@doorstep/ui";
import type { ReactNode } from "react";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { deskChannels, type FilingValues, isSpoken } from "./desk-filing.ts";
import { ReadBack } from "./read-back.tsx";

interface TakeDownFieldsProps {
  readonly values: FilingValues;
  /** how it came is not asked */
  readonly isViaKnown: boolean;
  readonly unit: ChosenUnit | undefined;
  readonly onUnit: (unit: ChosenUnit | undefined) => void;
  /** what modules ask */
  readonly added: ReactNode;
}

/** The questions in the order people speak; of whoever comes or calls it is asked first whether somebody is in danger. */
export function TakeDownFields(props: TakeDownFieldsProps) {
  const { text } = useDeskText();
  const { values } = props;
  const spoken = isSpoken(values.via);
  const danger = (
    <Tick name="urgentSafety" label={text("desk.register.urgent")} note={text("desk.register.urgentNote")} />
  );
  return (
    <>
      <div className="ds-panel ds-panel-warn">{text("desk.register.secrecy")}</div>
      {!props.isViaKnown && (
        <RadioCards
          name="via"
          label={text("desk.register.via")}
          required
          cards={deskChannels.map((value) => ({ value, label: nameOf(text, "channel", value) }))}
        />
      )}
      {spoken && danger}
      <fieldset className="desk-group">
        <legend>{text("desk.register.who")}</legend>
        <RadioCards
          name="anonymity"
          label={text("desk.register.anonymity")}
          required
          cards={anonymities.map((value) => ({ value, label: nameOf(text, "anonymity", value) }))}
        />
        {values.anonymity !== "anonymous" && (
          <>
            <TextField name="name" label={text("desk.register.name")} maxLength={60} />
            <Select
              name="kind"
              label={text("desk.register.personKind")}
              options={personKinds.map((value) => ({ value, label: nameOf(text, "kind", value) }))}
            />
            <TextField name="contact" label={text("desk.register.contact")} required={false} maxLength={200} />
            <TextField name="serviceNo" label={text("desk.register.serviceNo")} required={false} maxLength={40} />
            <WhoSees who="handling" />
          </>
        )}
        <NumberField name="headcount" label={text("desk.register.headcount")} min={1} max={100_000} required />
      </fieldset>
      <fieldset className="desk-group">
        <legend>{text("desk.register.what")}</legend>
        {!spoken && danger}
        <RadioCards
          name="purpose"
          label={text("desk.register.purpose")}
          required
          cards={purposes.map((value) => ({ value, label: nameOf(text, "purpose", value) }))}
        />
        <TextField name="title" label={text("desk.register.subject")} required maxLength={120} />
        <TextArea
          name="body"
          label={text("desk.register.body")}
          hint={text("desk.register.bodyHint")}
          required
          maxLength={20_000}
          rows={8}
        />
        <TextArea
          name="desiredOutcome"
          label={text("desk.register.desired")}
          required={false}
          maxLength={2_000}
          rows={2}
        />
        <TextArea name="alreadyTried" label={text("desk.register.tried")} required={false} maxLength={2_000} rows={2} />
        <WhoSees who="petitioner" />
      </fieldset>
      <fieldset className="desk-group">
        <legend>{text("desk.register.where")}</legend>
        <UnitPicker label={text("desk.register.unit")} value={props.unit} onChange={props.onUnit} />
        <Tick name="concernsLeader" label={text("desk.register.leader")} note={text("desk.register.leaderNote")} />
        <DateField
          name="receivedOn"
          label={text("desk.register.receivedOn")}
          hint={text("desk.register.receivedOnHint")}
          required={false}
        />
      </fieldset>
      {spoken && <ReadBack values={values} />}
      {spoken && (
        <Tick name="readBack" label={text("desk.register.readBack")} note={text("desk.register.readBackNote")} />
      )}
      {props.added}
    </>
  );
}
