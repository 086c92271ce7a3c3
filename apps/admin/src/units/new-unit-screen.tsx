import { DateField, Form, NumberField, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useName, useText } from "../app/i18n.ts";
import { Ready } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

const DEFAULT_TIME_ZONE = "Asia/Shanghai";

/** A new unit below the one in the address, or a new root. */
export function NewUnitScreen() {
  const text = useText();
  const name = useName();
  const navigate = useNavigate();
  const { parent } = useSearch({ from: "/units/new" });
  const above = useQuery(kernel.units.get.queryOptions({ unitId: parent ?? "" }, { enabled: parent !== undefined }));
  const create = useAct(kernelClient.units.create.mutate, {
    done: (unit) => navigate({ to: "/units/$unitId", params: { unitId: unit.id } }),
  });
  const initial = {
    nameZh: "",
    nameEn: "",
    code: "",
    strength: undefined as number | undefined,
    timeZone: above.data?.timeZone ?? DEFAULT_TIME_ZONE,
    validFrom: "",
  };
  return (
    <Screen
      title={text("units.newTitle")}
      before={
        <Link to={parent ? "/units/$unitId" : "/units"} params={{ unitId: parent ?? "" }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <p>
        {parent
          ? text("units.newUnder", { unit: above.data ? name(above.data.name) : "…" })
          : text("units.newNoParent")}
      </p>
      <Ready waitFor={parent === undefined ? undefined : above}>
        <Form
          initial={initial}
          submitLabel={text(parent ? "units.newBelow" : "units.newRoot")}
          busy={create.busy}
          error={create.error}
          onSubmit={(values) =>
            create.run({
              parentId: parent ?? null,
              code: values.code,
              name: { "zh-CN": values.nameZh, en: values.nameEn },
              timeZone: values.timeZone,
              strength: values.strength ?? null,
              ...(values.validFrom && { validFrom: values.validFrom }),
            })
          }
        >
          <TextField name="nameZh" label={text("app.nameZh")} required maxLength={200} />
          <TextField name="nameEn" label={text("app.nameEn")} required maxLength={200} />
          <TextField name="code" label={text("units.code")} hint={text("units.codeHint")} required maxLength={20} />
          <NumberField name="strength" label={text("units.strength")} hint={text("units.strengthHint")} min={0} />
          <TextField
            name="timeZone"
            label={text("units.timeZone")}
            hint={text("units.timeZoneHint")}
            required
            maxLength={60}
          />
          <DateField name="validFrom" label={text("units.validFrom")} />
        </Form>
      </Ready>
    </Screen>
  );
}
