import { auditKinds } from "@doorstep/contracts";
import { DateField, Select, TextField, useDebouncedValue } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../app/i18n.ts";
import { kernel } from "../app/rpc.ts";
import { PersonPicker } from "../people/person-picker.tsx";
import { UnitPicker } from "../units/unit-picker.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";

/** What the audit is asked for; it stands in the address, so that a view can be passed on. */
export function AuditFilters() {
  const text = useText();
  const { filter, set, clear } = useAuditFilter();
  const unit = useQuery(
    kernel.units.get.queryOptions({ unitId: filter.unitId ?? "" }, { enabled: filter.unitId !== undefined }),
  );
  return (
    <search className="ad-filters" aria-label={text("audit.filters")}>
      <Select
        name="kind"
        label={text("audit.kind")}
        value={filter.kind ?? ""}
        options={auditKinds.map((kind) => ({ value: kind, label: text(`audit.kinds.${kind}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <PersonPicker name="who" label={text("audit.who")} value={filter.who ?? ""} onChange={(who) => set({ who })} />
      <UnitPicker
        name="unit"
        label={text("audit.unit")}
        value={filter.unitId ?? ""}
        toRead
        onChange={(id) => set({ unit: id })}
        {...(unit.data && { first: unit.data })}
      />
      <Typed name="case" label={text("audit.caseNo")} hint={text("audit.caseNoHint")} value={filter.caseNo ?? ""} />
      <Typed name="module" label={text("audit.module")} value={filter.pluginId ?? ""} />
      <Typed
        name="request"
        label={text("audit.request")}
        hint={text("audit.requestHint")}
        value={filter.request ?? ""}
      />
      <DateField name="from" label={text("audit.from")} value={filter.from ?? ""} onChange={(from) => set({ from })} />
      <DateField
        name="until"
        label={text("audit.until")}
        value={filter.until ?? ""}
        onChange={(until) => set({ until })}
      />
      <p className="ds-row">
        {filter.stream && <span className="ds-hint">{text("audit.chainOnly")}</span>}
        {Object.keys(filter).length > 0 && (
          <button type="button" className="ds-link" onClick={clear}>
            {text("audit.clear")}
          </button>
        )}
      </p>
    </search>
  );
}

/** Asked once the typing has come to rest. */
function Typed(props: {
  readonly name: "case" | "module" | "request";
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
}) {
  const { set } = useAuditFilter();
  const [words, setWords] = useState(props.value);
  const [settled] = useDebouncedValue(words.trim(), 250);
  const { name, value } = props;
  // what is cleared outside is cleared here
  useEffect(() => {
    if (value === "") setWords("");
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (settled !== value) set({ [name]: settled });
  }, [settled]);
  return <TextField name={name} label={props.label} hint={props.hint} value={words} onChange={setWords} />;
}
