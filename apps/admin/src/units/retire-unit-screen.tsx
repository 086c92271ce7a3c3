import type { UnitDetail } from "@doorstep/contracts";
import { Form, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "./unit-picker.tsx";

/** Retires a unit; its open petitions go to the successor. */
export function RetireUnitScreen() {
  const text = useText();
  const name = useName();
  const { unitId } = useParams({ from: "/units/$unitId/retire" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId }, { staleTime: 0 }));
  return (
    <Screen
      title={text("units.retireTitle", { unit: unit.data ? name(unit.data.name) : "…" })}
      before={
        <Link to="/units/$unitId" params={{ unitId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <p>{text("units.retireNote")}</p>
      <Loaded query={unit}>{(data) => <RetireForm unit={data} />}</Loaded>
    </Screen>
  );
}

function RetireForm(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const navigate = useNavigate();
  const { unit } = props;
  const above = unit.path.at(-2);
  const retire = useAct(kernelClient.units.retire.mutate, {
    done: () => (above ? navigate({ to: "/units/$unitId", params: { unitId: above.id } }) : navigate({ to: "/units" })),
  });
  return (
    <Form
      initial={{ successor: "", why: "" }}
      submitLabel={text("units.retireNow")}
      busy={retire.busy}
      error={retire.error}
      onSubmit={({ successor, why }) =>
        retire.run({ unitId: unit.id, version: unit.version, successorId: successor || null, why })
      }
    >
      <UnitPicker
        name="successor"
        label={text("units.successor")}
        hint={text("units.successorHint")}
        except={unit.id}
        {...(above && { first: above })}
      />
      <TextField name="why" label={text("app.why")} hint={text("units.whyHint")} required maxLength={200} />
    </Form>
  );
}
