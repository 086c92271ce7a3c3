import { grantableRoles, type Role, sensitiveRoles } from "@doorstep/contracts";
import { Alert, DateField, Form, Screen, Select, TextField, Tick } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { CopyGrants } from "./copy-grants.tsx";

interface Values {
  readonly role: Role | "";
  readonly unit: string;
  readonly subtree: boolean;
  readonly until: string;
  readonly why: string;
}

/** Grants one role at one unit. */
export function GrantScreen() {
  const text = useText();
  const names = useNames();
  const may = useMay();
  const navigate = useNavigate();
  const { personId } = useParams({ from: "/people/$personId/grant" });
  const person = useQuery(kernel.people.get.queryOptions({ personId }));
  const [role, setRole] = useState<Role | "">("");
  const back = () => navigate({ to: "/people/$personId", params: { personId } });
  const grant = useAct(kernelClient.people.grant.mutate, { done: back });
  const roles = grantableRoles.filter((one) => one !== "platformAdmin" || may("platform.manage"));
  return (
    <Screen
      title={text("people.grantTitle", { name: person.data?.name ?? "…" })}
      before={
        <Link to="/people/$personId" params={{ personId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <Loaded query={person}>
        {(data) => (
          <>
            <Form<Values>
              initial={{ role: "", unit: data.unit.id, subtree: false, until: "", why: "" }}
              onChange={(values) => setRole(values.role)}
              submitLabel={text("people.grantNow")}
              busy={grant.busy}
              error={grant.error}
              onSubmit={(values) => {
                if (values.role === "") return;
                grant.run({
                  personId,
                  role: values.role,
                  unitId: values.unit,
                  subtree: values.subtree,
                  until: values.until || null,
                  why: values.why,
                });
              }}
            >
              <Select
                name="role"
                label={text("people.role")}
                required
                options={roles.map((one) => ({ value: one, label: names.role(one) }))}
              />
              {role !== "" && sensitiveRoles.includes(role) && (
                <Alert color="orange" variant="light" className="ds-alert">
                  {text("people.sensitiveNote")}
                </Alert>
              )}
              <UnitPicker name="unit" label={text("app.units")} required first={data.unit} />
              <Tick name="subtree" label={text("people.subtree")} />
              <DateField name="until" label={text("people.endOn")} />
              <TextField name="why" label={text("people.why")} hint={text("people.whyHint")} required maxLength={200} />
            </Form>
            <CopyGrants person={data} roles={roles} onDone={back} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}
