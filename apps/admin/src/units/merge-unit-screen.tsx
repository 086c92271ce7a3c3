import type { UnitDetail } from "@doorstep/contracts";
import { Form, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { HeirsPreview } from "./heirs-preview.tsx";
import { UnitPicker } from "./unit-picker.tsx";

/** Merges a unit into another, or with another into a new one: first which, then what comes of it, then the act. */
export function MergeUnitScreen() {
  const text = useText();
  const name = useName();
  const { unitId } = useParams({ from: "/units/$unitId/merge" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId }, { staleTime: 0 }));
  return (
    <Screen
      title={text("units.mergeTitle", { unit: unit.data ? name(unit.data.name) : "…" })}
      before={
        <Link to="/units/$unitId" params={{ unitId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <p>{text("units.mergeNote")}</p>
      <Loaded query={unit}>{(data) => <MergeForm unit={data} />}</Loaded>
    </Screen>
  );
}

const initial = { other: "", nameZh: "", nameEn: "", code: "" };
type Values = typeof initial;

/** Named anew, the two become a new unit where the other one stands; else the other one goes on. */
async function askedFor(unit: UnitDetail, values: Values) {
  const other = await kernelClient.units.get.query({ unitId: values.other });
  const own = { unitId: unit.id, version: unit.version };
  const its = { unitId: other.id, version: other.version };
  if (!values.code.trim()) return { units: [own], into: { kind: "existing" as const, ...its } };
  const named = { code: values.code, name: { "zh-CN": values.nameZh, en: values.nameEn } };
  return {
    units: [own, its],
    into: { kind: "new" as const, parentId: other.parentId ?? other.id, ...named },
  };
}

function MergeForm(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const navigate = useNavigate();
  const { unit } = props;
  const [wanted, setWanted] = useState<Awaited<ReturnType<typeof askedFor>>>();
  const preview = useAct(async (values: Values) => {
    const input = await askedFor(unit, values);
    setWanted(input);
    return kernelClient.units.previewMerge.query(input);
  });
  const merge = useAct(kernelClient.units.merge.mutate, {
    done: (made) => navigate({ to: "/units/$unitId", params: { unitId: made.id } }),
  });
  const half = (v: Values) => v.nameZh || v.nameEn || v.code;
  return (
    <>
      <Form
        initial={initial}
        validate={(v) =>
          half(v) && !(v.nameZh && v.nameEn && v.code) ? { code: text("units.mergeNameIncomplete") } : {}
        }
        submitLabel={text("units.preview")}
        busy={preview.busy}
        error={preview.error}
        onChange={preview.reset}
        onSubmit={preview.run}
      >
        <UnitPicker name="other" label={text("units.mergeWith")} required except={unit.id} />
        <fieldset className="ds-panel">
          <legend>{text("units.mergeNew")}</legend>
          <p className="ds-hint">{text("units.mergeNewHint")}</p>
          <TextField name="nameZh" label={text("app.nameZh")} maxLength={200} />
          <TextField name="nameEn" label={text("app.nameEn")} maxLength={200} />
          <TextField name="code" label={text("units.code")} hint={text("units.codeHint")} maxLength={20} />
        </fieldset>
      </Form>
      {preview.result && wanted && (
        <HeirsPreview preview={preview.result}>
          <Form
            initial={{ why: "" }}
            submitLabel={text("units.mergeNow")}
            busy={merge.busy}
            error={merge.error}
            onSubmit={({ why }) => merge.run({ ...wanted, why })}
          >
            <TextField name="why" label={text("app.why")} hint={text("units.whyHint")} required maxLength={200} />
          </Form>
        </HeirsPreview>
      )}
    </>
  );
}
