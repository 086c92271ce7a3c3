import type { PolicyTable } from "@doorstep/contracts";
import { Alert, Button, formatDate, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { useUnitInView } from "../units/use-unit-in-view.ts";
import { PeriodTable } from "./period-table.tsx";
import { TightenForm } from "./tighten-form.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { VersionsPart } from "./versions-part.tsx";

/** A7: the periods of a unit, made shorter here, tried out here. */
export function PoliciesScreen() {
  const text = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const search = useSearch({ from: "/policies" });
  const inView = useUnitInView(search.unit);
  const [saved, setSaved] = useState<PolicyTable>();
  return (
    <Screen
      title={text("policies.title")}
      width="wide"
      notice={
        saved &&
        text("policies.saved", { version: saved.version, from: formatDate(saved.validFrom ?? saved.today, language) })
      }
    >
      <p>{text("policies.intro")}</p>
      <Loaded query={inView}>
        {(unit) => (
          <>
            <UnitPicker
              name="unit"
              required
              label={text("policies.unit")}
              first={unit}
              value={unit.id}
              onChange={(id) => {
                setSaved(undefined);
                void navigate({ to: "/policies", search: id ? { unit: id } : {} });
              }}
            />
            <Periods key={unit.id} unitId={unit.id} onSaved={setSaved} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

interface PeriodsProps {
  readonly unitId: string;
  readonly onSaved: (table: PolicyTable) => void;
}

function Periods(props: PeriodsProps) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  const table = useQuery(kernel.packs.get.queryOptions({ unitId: props.unitId }));
  return (
    <Loaded query={table}>
      {(data) => (
        <>
          <p className="ad-line">
            {text("policies.pack", {
              pack: name(data.pack.title),
              version: data.pack.version,
              from: formatDate(data.pack.validFrom, language),
            })}
          </p>
          {!data.pack.verified && (
            <Alert color="orange" className="ds-alert">
              {text("policies.unverified")}
            </Alert>
          )}
          {data.pack.note && <p className="ds-hint">{name(data.pack.note)}</p>}
          {data.version > 0 && data.validFrom && (
            <p className="ds-hint">
              {text("policies.ownVersion", { version: data.version, from: formatDate(data.validFrom, language) })}
            </p>
          )}
          {data.mayTighten && !editing && (
            <div>
              <Button onClick={() => setEditing(true)}>{text("policies.edit")}</Button>
            </div>
          )}
          {editing && (
            <TightenForm
              key={data.version}
              table={data}
              onCancel={() => setEditing(false)}
              onSaved={(after) => {
                setEditing(false);
                props.onSaved(after);
              }}
            />
          )}
          <TrialPanel table={data} />
          <PeriodTable table={data} />
          {data.mayTighten && <VersionsPart table={data} />}
        </>
      )}
    </Loaded>
  );
}
