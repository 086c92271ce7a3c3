import type { CaseView } from "@doorstep/contracts";
import { Skeleton, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";

interface AcceptFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly onDone: () => void;
}

/** T7: the unit takes the matter up and says which office handles it and how to reach it. */
export function AcceptForm(props: AcceptFormProps) {
  const { text, language } = useDeskText();
  const { c } = props;
  const unit = useQuery(kernel.units.get.queryOptions({ unitId: c.holder.id }));
  if (unit.isPending) return <Skeleton lines={3} />;
  const offices = unit.data?.offices ?? [];
  const office = offices.find((one) => one.kind === "handlingOffice") ?? offices[0];
  return (
    <ActForm
      c={c}
      name="accept"
      initial={{ office: office?.name[language] ?? "", phone: office?.phone ?? "" }}
      submitLabel={text("desk.acts.do.accept")}
      send={(v, on) => kernelClient.cases.accept.mutate({ ...on, ...v })}
      onDone={props.onDone}
      review={{
        consequence: <Effect act={props.act} clocks={props.c.clocks} />,
        lines: (v) => [
          { label: text("desk.acts.office"), value: v.office },
          { label: text("desk.acts.phone"), value: v.phone },
          {
            label: text("desk.acts.acceptedDemands"),
            value: c.demands.map((demand) => `${demand.no}. ${demand.text}`).join("\n"),
          },
        ],
      }}
    >
      {() => (
        <>
          <TextField
            name="office"
            label={text("desk.acts.office")}
            hint={text("desk.acts.officeHint")}
            required
            maxLength={80}
          />
          <TextField name="phone" label={text("desk.acts.phone")} required={false} maxLength={40} inputMode="tel" />
          <WhoSees who="letter" />
        </>
      )}
    </ActForm>
  );
}
