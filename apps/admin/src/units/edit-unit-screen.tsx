import { officeKinds as kinds, type officeKinds, type UnitDetail } from "@doorstep/contracts";
import { Button, Fieldset, Form, NumberField, Screen, Select, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";

type OfficeKind = (typeof officeKinds)[number];

interface OfficeDraft {
  /** of this form only */
  readonly key: string;
  readonly id: string | undefined;
  readonly kind: OfficeKind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
}

const draftOf = (office: UnitDetail["offices"][number]): OfficeDraft => ({
  key: office.id,
  id: office.id,
  kind: office.kind,
  nameZh: office.name["zh-CN"],
  nameEn: office.name.en,
  contact: office.contact,
  phone: office.phone,
  address: office.address,
});

/** Names, strength, time zone, and the offices the notice board shows. */
export function EditUnitScreen() {
  const text = useText();
  const name = useName();
  const { unitId } = useParams({ from: "/units/$unitId/edit" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId }, { staleTime: 0 }));
  return (
    <Screen
      title={text("units.editTitle", { unit: unit.data ? name(unit.data.name) : "…" })}
      before={
        <Link to="/units/$unitId" params={{ unitId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <Loaded query={unit}>{(data) => <EditForm key={data.id} unit={data} />}</Loaded>
    </Screen>
  );
}

function EditForm(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const navigate = useNavigate();
  const { unit } = props;
  const [offices, setOffices] = useState<readonly OfficeDraft[]>(() => unit.offices.map(draftOf));
  const save = useAct(kernelClient.units.update.mutate, {
    done: () => navigate({ to: "/units/$unitId", params: { unitId: unit.id } }),
  });
  const change = (key: string, part: Partial<OfficeDraft>) =>
    setOffices((before) => before.map((office) => (office.key === key ? { ...office, ...part } : office)));
  const add = () =>
    setOffices((before) => [
      ...before,
      {
        key: crypto.randomUUID(),
        id: undefined,
        kind: "petitionOffice",
        nameZh: "",
        nameEn: "",
        contact: "",
        phone: "",
        address: "",
      },
    ]);
  const incomplete = offices.some((office) => !office.nameZh.trim() || !office.nameEn.trim());
  const initial = {
    nameZh: unit.name["zh-CN"],
    nameEn: unit.name.en,
    strength: unit.strength ?? undefined,
    timeZone: unit.timeZone,
    receptionPlace: unit.receptionPlace,
    replyApprovals: unit.replyApprovals === null ? "inherited" : String(unit.replyApprovals),
    offices: "",
  };
  return (
    <Form
      initial={initial}
      validate={() => (incomplete ? { offices: text("units.officeIncomplete") } : {})}
      submitLabel={text("app.save")}
      busy={save.busy}
      error={save.error}
      onSubmit={(values) =>
        save.run({
          unitId: unit.id,
          version: unit.version,
          name: { "zh-CN": values.nameZh, en: values.nameEn },
          strength: values.strength ?? null,
          timeZone: values.timeZone,
          receptionPlace: values.receptionPlace,
          replyApprovals: values.replyApprovals === "2" ? 2 : values.replyApprovals === "1" ? 1 : null,
          offices: offices.map((office) => ({
            ...(office.id && { id: office.id }),
            kind: office.kind,
            name: { "zh-CN": office.nameZh, en: office.nameEn },
            contact: office.contact,
            phone: office.phone,
            address: office.address,
          })),
        })
      }
    >
      <TextField name="nameZh" label={text("app.nameZh")} required maxLength={200} />
      <TextField name="nameEn" label={text("app.nameEn")} required maxLength={200} />
      <NumberField name="strength" label={text("units.strength")} hint={text("units.strengthHint")} min={0} />
      <TextField
        name="timeZone"
        label={text("units.timeZone")}
        hint={text("units.timeZoneHint")}
        required
        maxLength={60}
      />
      <TextField name="receptionPlace" label={text("units.receptionPlace")} maxLength={200} />
      <Select
        name="replyApprovals"
        label={text("units.replyApprovals")}
        hint={text("units.replyApprovalsHint")}
        required
        options={[
          { value: "inherited", label: text("units.approvalsInherited") },
          { value: "1", label: text("units.approvalsOne") },
          { value: "2", label: text("units.approvalsTwo") },
        ]}
      />
      <h2>{text("units.offices")}</h2>
      <p className="ds-hint">{text("units.officesHint")}</p>
      {offices.map((office, index) => (
        <OfficeFields
          key={office.key}
          office={office}
          number={index + 1}
          onChange={(part) => change(office.key, part)}
          onRemove={() => setOffices((before) => before.filter((one) => one.key !== office.key))}
        />
      ))}
      <div>
        <Button variant="default" onClick={add}>
          {text("units.addOffice")}
        </Button>
      </div>
    </Form>
  );
}

interface OfficeFieldsProps {
  readonly office: OfficeDraft;
  readonly number: number;
  readonly onChange: (part: Partial<OfficeDraft>) => void;
  readonly onRemove: () => void;
}

function OfficeFields(props: OfficeFieldsProps) {
  const text = useText();
  const names = useNames();
  const { office, onChange } = props;
  const known = office.id !== undefined;
  return (
    <Fieldset legend={text("units.office", { n: props.number })} className="ad-fields">
      {known ? (
        <p className="ds-hint">{names.office(office.kind)}</p>
      ) : (
        <Select
          name="kind"
          label={text("units.officeKind")}
          value={office.kind}
          options={kinds.map((kind) => ({ value: kind, label: names.office(kind) }))}
          onChange={(kind) => onChange({ kind: kinds.find((one) => one === kind) ?? office.kind })}
        />
      )}
      <TextField
        name="nameZh"
        label={text("app.nameZh")}
        required
        value={office.nameZh}
        onChange={(nameZh) => onChange({ nameZh })}
      />
      <TextField
        name="nameEn"
        label={text("app.nameEn")}
        required
        value={office.nameEn}
        onChange={(nameEn) => onChange({ nameEn })}
      />
      <TextField
        name="contact"
        label={text("units.officeContact")}
        value={office.contact}
        onChange={(contact) => onChange({ contact })}
      />
      <TextField
        name="phone"
        label={text("units.officePhone")}
        inputMode="tel"
        value={office.phone}
        onChange={(phone) => onChange({ phone })}
      />
      <TextField
        name="address"
        label={text("units.officeAddress")}
        value={office.address}
        onChange={(address) => onChange({ address })}
      />
      <div>
        <Button variant="subtle" onClick={props.onRemove}>
          {text("units.removeOffice")}
        </Button>
      </div>
    </Fieldset>
  );
}
