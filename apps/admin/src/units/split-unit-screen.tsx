import type { UnitDetail } from "@doorstep/contracts";
import { Button, Form, Screen, Select, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { HeirsPreview } from "./heirs-preview.tsx";

const PEOPLE_SHOWN = 100;
const MOST_PARTS = 10;
type Values = Readonly<Record<string, string>>;

interface Own {
  readonly id: string;
  readonly label: string;
}

/** Splits a unit: new ones and who goes where, then what comes of it, then the act. */
export function SplitUnitScreen() {
  const text = useText();
  const name = useName();
  const { unitId } = useParams({ from: "/units/$unitId/split" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId }, { staleTime: 0 }));
  const below = useQuery(kernel.units.tree.queryOptions({ parentId: unitId }, { staleTime: 0 }));
  const people = useQuery(kernel.people.list.queryOptions({ unitId, limit: PEOPLE_SHOWN }, { staleTime: 0 }));
  return (
    <Screen
      title={text("units.splitTitle", { unit: unit.data ? name(unit.data.name) : "…" })}
      before={
        <Link to="/units/$unitId" params={{ unitId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <p>{text("units.splitNote")}</p>
      <Loaded query={unit}>
        {(data) => (
          <Loaded query={below}>
            {(units) => (
              <Loaded query={people}>
                {(page) => (
                  <SplitForm
                    unit={data}
                    subUnits={units.map((one) => ({ id: one.id, label: `${name(one.name)} · ${one.code}` }))}
                    people={page.items
                      .filter((person) => person.unit.id === data.id)
                      .map((person) => ({ id: person.id, label: person.name }))}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Screen>
  );
}

const assigned = (values: Values, all: readonly Own[], part: number): string[] =>
  all.filter((one) => values[`to:${one.id}`] === String(part)).map((one) => one.id);

function SplitForm(props: {
  readonly unit: UnitDetail;
  readonly subUnits: readonly Own[];
  readonly people: readonly Own[];
}) {
  const text = useText();
  const navigate = useNavigate();
  const { unit, subUnits, people } = props;
  const [parts, setParts] = useState<readonly number[]>([0, 1]);
  const preview = useAct(kernelClient.units.previewSplit.query);
  const split = useAct(kernelClient.units.split.mutate, {
    done: ([first]) => navigate({ to: "/units/$unitId", params: { unitId: first?.id ?? "" } }),
  });
  const [wanted, setWanted] = useState<Parameters<typeof preview.run>[0]>();
  const options = parts.map((n) => ({ value: String(n), label: text("units.part", { n: n + 1 }) }));
  const askedFor = (values: Values) => ({
    unitId: unit.id,
    version: unit.version,
    parts: parts.map((n) => ({
      code: values[`code${n}`] ?? "",
      name: { "zh-CN": values[`zh${n}`] ?? "", en: values[`en${n}`] ?? "" },
      people: assigned(values, people, n),
      subUnits: assigned(values, subUnits, n),
    })),
    rest: Number(values.rest),
  });
  const look = (values: Values) => {
    const input = askedFor(values);
    setWanted(input);
    preview.run(input);
  };
  return (
    <>
      <Form
        initial={{ rest: "0" } as Values}
        submitLabel={text("units.preview")}
        busy={preview.busy}
        error={preview.error}
        onChange={preview.reset}
        onSubmit={look}
      >
        {parts.map((n) => (
          <PartFields key={n} n={n} />
        ))}
        {parts.length < MOST_PARTS && (
          <div>
            <Button variant="default" onClick={() => setParts((before) => [...before, before.length])}>
              {text("units.addPart")}
            </Button>
          </div>
        )}
        <Select name="rest" label={text("units.rest")} hint={text("units.restHint")} required options={options} />
        <Assign title={text("units.assignUnits")} all={subUnits} options={options} />
        <Assign title={text("units.assignPeople")} all={people} options={options} />
      </Form>
      {preview.result && wanted && (
        <HeirsPreview preview={preview.result}>
          <Form
            initial={{ why: "" }}
            submitLabel={text("units.splitNow")}
            busy={split.busy}
            error={split.error}
            onSubmit={({ why }) => split.run({ ...wanted, why })}
          >
            <TextField name="why" label={text("app.why")} hint={text("units.whyHint")} required maxLength={200} />
          </Form>
        </HeirsPreview>
      )}
    </>
  );
}

function PartFields(props: { readonly n: number }) {
  const text = useText();
  const { n } = props;
  const part = text("units.part", { n: n + 1 });
  return (
    <fieldset className="ds-panel">
      <legend>{part}</legend>
      <TextField name={`zh${n}`} label={`${part} · ${text("app.nameZh")}`} required maxLength={200} />
      <TextField name={`en${n}`} label={`${part} · ${text("app.nameEn")}`} required maxLength={200} />
      <TextField
        name={`code${n}`}
        label={`${part} · ${text("units.code")}`}
        hint={text("units.codeHint")}
        required
        maxLength={20}
      />
    </fieldset>
  );
}

function Assign(props: {
  readonly title: string;
  readonly all: readonly Own[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  if (props.all.length === 0) return null;
  return (
    <fieldset className="ds-panel">
      <legend>{props.title}</legend>
      {props.all.map((one) => (
        <Select key={one.id} name={`to:${one.id}`} label={one.label} options={props.options} />
      ))}
    </fieldset>
  );
}
