import { type PersonKind, personKinds } from "@doorstep/contracts";
import { Button, ConfirmDialog, Form, Select, TextField } from "@doorstep/ui";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { type PersonDetail, PersonPart } from "./person-part.tsx";

/** Name, kind and unit; stopping or resuming the account. */
export function EditPersonScreen() {
  const { personId } = useParams({ from: "/people/$personId/edit" });
  return (
    <PersonPart personId={personId} title="people.edit">
      {(person) => <EditForm key={person.version} person={person} />}
    </PersonPart>
  );
}

function EditForm(props: { readonly person: PersonDetail }) {
  const text = useText();
  const names = useNames();
  const { person } = props;
  const navigate = useNavigate();
  const [stopping, setStopping] = useState(false);
  const save = useAct(kernelClient.people.update.mutate, {
    done: () => navigate({ to: "/people/$personId", params: { personId: person.id } }),
  });
  const setActive = (active: boolean) => save.run({ personId: person.id, version: person.version, active });
  return (
    <>
      <Form
        initial={{ name: person.name, kind: person.kind as PersonKind | "", unit: person.unit.id }}
        submitLabel={text("app.save")}
        busy={save.busy}
        error={save.error}
        onSubmit={({ name, kind, unit }) =>
          save.run({
            personId: person.id,
            version: person.version,
            name,
            ...(kind !== "" && { kind }),
            unitId: unit,
          })
        }
        secondary={
          <Button variant="default" onClick={() => (person.active ? setStopping(true) : setActive(true))}>
            {text(person.active ? "people.deactivate" : "people.activate")}
          </Button>
        }
      >
        <TextField name="name" label={text("people.name")} required maxLength={60} />
        <Select
          name="kind"
          label={text("people.kind")}
          required
          options={personKinds.map((kind) => ({ value: kind, label: names.kind(kind) }))}
        />
        <UnitPicker name="unit" label={text("app.units")} required first={person.unit} />
      </Form>
      <ConfirmDialog
        opened={stopping}
        title={text("people.deactivate")}
        confirmLabel={text("people.deactivate")}
        danger
        busy={save.busy}
        onConfirm={() => setActive(false)}
        onClose={() => setStopping(false)}
      >
        <p>{text("people.deactivateNote")}</p>
        {save.error && <p className="ds-error">{save.error}</p>}
      </ConfirmDialog>
    </>
  );
}
