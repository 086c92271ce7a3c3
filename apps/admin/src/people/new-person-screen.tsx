import { type PersonKind, personKinds } from "@doorstep/contracts";
import { Form, Screen, Select, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { Ready } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { Slips } from "./slips.tsx";

/** A new person with an account; the slip is shown once. */
export function NewPersonScreen() {
  const text = useText();
  const names = useNames();
  const { unit: unitId } = useSearch({ from: "/people/new" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId: unitId ?? "" }, { enabled: unitId !== undefined }));
  const create = useAct(kernelClient.people.create.mutate);
  const made = create.result;
  return (
    <Screen
      title={made ? made.person.name : text("people.newTitle")}
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      {made ? (
        <>
          <Slips slips={[made.slip]} />
          <p className="ds-no-print">
            <Link to="/people/$personId" params={{ personId: made.person.id }}>
              {text("people.toPerson")}
            </Link>
          </p>
        </>
      ) : (
        <Ready waitFor={unitId === undefined ? undefined : unit}>
          <Form
            initial={{ name: "", username: "", kind: "" as PersonKind | "", unit: unit.data?.id ?? "" }}
            submitLabel={text("people.create")}
            busy={create.busy}
            error={create.error}
            onSubmit={({ name, username, kind, unit: at }) => {
              if (kind !== "") create.run({ name, username, kind, unitId: at });
            }}
          >
            <TextField name="name" label={text("people.name")} required maxLength={60} />
            <TextField
              name="username"
              label={text("people.username")}
              hint={text("people.usernameHint")}
              required
              maxLength={40}
            />
            <Select
              name="kind"
              label={text("people.kind")}
              required
              options={personKinds.map((kind) => ({ value: kind, label: names.kind(kind) }))}
            />
            <UnitPicker name="unit" label={text("app.units")} required {...(unit.data && { first: unit.data })} />
          </Form>
        </Ready>
      )}
    </Screen>
  );
}
