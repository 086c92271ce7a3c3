import type { CaseView } from "@doorstep/contracts";
import { NumberField, TextArea, TextField, Tick, useField } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";
import { RouteProposalBox } from "./route-proposal.tsx";

interface RouteFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly kind: "transfer" | "assign";
  readonly onDone: () => void;
}

interface RouteValues {
  unit: ChosenUnit | undefined;
  reason: string;
  legalGround: string;
  periodDays: number | undefined;
  passOn: boolean;
}

/** The unit, and above it what modules propose, which fills in both the unit and the reason. */
function UnitField(props: { readonly label: string; readonly caseId: string }) {
  const { text } = useDeskText();
  const reason = useField({ name: "reason", label: text("desk.acts.reason"), required: true }, "");
  const field = useField<ChosenUnit | undefined>({ name: "unit", label: props.label, required: true }, undefined);
  return (
    <>
      <RouteProposalBox
        caseId={props.caseId}
        onUse={({ unit, because }) => {
          field.set(unit);
          if (reason.value.trim() === "") reason.set(because);
        }}
      />
      <UnitPicker id={field.id} label={props.label} value={field.value} onChange={field.set} error={field.error} />
    </>
  );
}

/** T3 and T4: the case goes to another unit, with the reason and the letter that says so. */
export function RouteForm(props: RouteFormProps) {
  const { text, language } = useDeskText();
  const { c, kind } = props;
  return (
    <ActForm<RouteValues>
      c={c}
      name={kind}
      initial={{ unit: undefined, reason: "", legalGround: "", periodDays: undefined, passOn: false }}
      submitLabel={text(`desk.acts.do.${kind}`)}
      send={(v, on) =>
        kernelClient.cases.route.mutate({
          ...on,
          kind,
          toUnitId: v.unit?.id ?? "",
          reason: v.reason,
          legalGround: v.legalGround,
          ...(kind === "transfer" && v.passOn ? { passOn: true } : {}),
          ...(kind === "assign" && v.periodDays !== undefined ? { periodDays: v.periodDays } : {}),
        })
      }
      onDone={props.onDone}
      review={{
        consequence: <Effect act={props.act} clocks={props.c.clocks} />,
        lines: (v) => [
          { label: text("desk.acts.toUnit"), value: v.unit?.path[language] ?? "" },
          { label: text("desk.acts.reason"), value: v.reason },
          { label: text("desk.acts.legalGround"), value: v.legalGround },
          { label: text("desk.acts.field.passOn.passOn"), value: v.passOn ? text("desk.acts.yes") : "" },
          { label: text("desk.acts.periodDays"), value: kind === "assign" ? String(v.periodDays ?? "") : "" },
        ],
      }}
    >
      {() => (
        <>
          <UnitField label={text("desk.acts.toUnit")} caseId={c.caseId} />
          <div>
            <TextArea name="reason" label={text("desk.acts.reason")} required maxLength={500} rows={3} />
            <WhoSees who="letter" />
          </div>
          <TextField name="legalGround" label={text("desk.acts.legalGround")} required={false} maxLength={200} />
          {kind === "transfer" && <Tick name="passOn" label={text("desk.acts.field.passOn.passOn")} required={false} />}
          {kind === "assign" && (
            <NumberField
              name="periodDays"
              label={text("desk.acts.periodDays")}
              hint={text("desk.acts.periodHint")}
              required
              min={1}
              max={180}
            />
          )}
        </>
      )}
    </ActForm>
  );
}
