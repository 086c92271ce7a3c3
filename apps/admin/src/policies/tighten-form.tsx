import type { PolicyTable } from "@doorstep/contracts";
import { Button, DateField, Form, formatDate, NumberField, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { usePeriodWords } from "./period-words.ts";

type Wanted = Parameters<typeof kernelClient.packs.tighten.mutate>[0];
type Values = Record<string, number | string | undefined>;

interface TightenFormProps {
  readonly table: PolicyTable;
  readonly onSaved: (table: PolicyTable) => void;
  readonly onCancel: () => void;
}

/** All own numbers of a unit: typed, previewed, then saved as one new version. */
export function TightenForm(props: TightenFormProps) {
  const text = useText();
  const words = usePeriodWords();
  const { table } = props;
  const [wanted, setWanted] = useState<Wanted>();
  const open = table.rows.filter((row) => row.max !== null && row.max > 1);
  const refused = (values: Values) =>
    Object.fromEntries(
      open.flatMap((row) => {
        const value = values[row.ref];
        const max = row.max ?? 0;
        return typeof value === "number" && (value < 1 || value > max)
          ? [[row.ref, text("policies.max", { max })]]
          : [];
      }),
    );
  const initial: Values = {
    ...Object.fromEntries(open.map((row) => [row.ref, row.ownAmount ?? undefined])),
    validFrom: table.validFrom && table.validFrom > table.today ? table.validFrom : table.today,
    reason: "",
  };
  return (
    <section aria-labelledby="own-periods" className="ad-part">
      <h2 id="own-periods">{text("policies.edit")}</h2>
      <p className="ds-hint">{text("policies.editHint")}</p>
      <Form<Values>
        initial={initial}
        submitLabel={text("policies.preview")}
        validate={refused}
        onChange={() => setWanted(undefined)}
        secondary={
          <Button variant="default" onClick={props.onCancel}>
            {text("policies.cancel")}
          </Button>
        }
        onSubmit={(values) =>
          setWanted({
            unitId: table.unit.id,
            version: table.version,
            validFrom: String(values["validFrom"]),
            reason: String(values["reason"]).trim(),
            numbers: Object.fromEntries(
              open.flatMap((row) => {
                const value = values[row.ref];
                return typeof value === "number" ? [[row.ref, value]] : [];
              }),
            ),
          })
        }
      >
        <div className="ad-filters">
          {open.map((row) => (
            <NumberField
              key={row.ref}
              name={row.ref}
              label={words.title(row)}
              hint={`${text("policies.max", { max: row.max ?? 0 })} ${text(`policies.days.${row.unit}`)}`}
              min={1}
              max={row.max ?? 1}
            />
          ))}
        </div>
        <DateField name="validFrom" label={text("policies.validFrom")} min={table.today} required />
        <TextField
          name="reason"
          label={text("policies.reason")}
          hint={text("policies.reasonHint")}
          required
          maxLength={500}
        />
      </Form>
      {wanted && <Preview wanted={wanted} onSaved={props.onSaved} />}
    </section>
  );
}

function Preview(props: { readonly wanted: Wanted; readonly onSaved: (table: PolicyTable) => void }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { reason: _reason, ...asked } = props.wanted;
  const preview = useQuery(kernel.packs.preview.queryOptions(asked, { staleTime: 0, gcTime: 0 }));
  const save = useAct(kernelClient.packs.tighten.mutate, { done: props.onSaved });
  return (
    <section aria-labelledby="after-save">
      <h3 id="after-save">{text("policies.previewTitle")}</h3>
      <Loaded query={preview} lines={3}>
        {({ changes, overridden, running }) => (
          <>
            {changes.length === 0 && <p>{text("policies.noChange")}</p>}
            <ul>
              {changes.map((change) => (
                <li key={change.ref}>
                  {text("policies.change", {
                    clock: `${change.ref} ${name(change.name)}`,
                    from: change.from,
                    to: change.to,
                    unit: text(`policies.days.${change.unit}`),
                  })}
                </li>
              ))}
              <li>{text("policies.running", { count: running })}</li>
              {overridden > 0 && <li>{text("policies.overridden", { count: overridden })}</li>}
            </ul>
            <p className="ds-hint">
              {`${text("policies.validFrom")}: ${formatDate(props.wanted.validFrom, language)}`}
            </p>
            {save.error && (
              <p role="alert" className="ds-error">
                {save.error}
              </p>
            )}
            <Button loading={save.busy} onClick={() => save.run(props.wanted)}>
              {text("policies.save")}
            </Button>
          </>
        )}
      </Loaded>
    </section>
  );
}
