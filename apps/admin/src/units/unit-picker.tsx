import { SearchSelect, useDebouncedValue } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useName } from "../app/i18n.ts";
import { kernel } from "../app/rpc.ts";

interface UnitPickerProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** shown before anything is typed, e.g. the unit in view */
  readonly first?: {
    readonly id: string;
    readonly name: { readonly "zh-CN": string; readonly en: string };
    readonly code: string;
  };
  /** not offered */
  readonly except?: string;
  /** also units the reader may only look at */
  readonly toRead?: boolean;
  readonly value?: string;
  readonly onChange?: (unitId: string) => void;
}

/** A unit, by default one that the reader administers, found by name, pinyin or code. */
export function UnitPicker(props: UnitPickerProps) {
  const name = useName();
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 250);
  // What the box shows after a choice is the label itself; searching for it would find nothing.
  const typed = q.split(" · ")[0] ?? "";
  const found = useQuery(kernel.units.tree.queryOptions(typed ? { q: typed } : {}));
  const units = [...(props.first ? [props.first] : []), ...(found.data ?? [])].filter(
    (unit, index, all) =>
      unit.id !== props.except &&
      all.findIndex((other) => other.id === unit.id) === index &&
      (props.toRead || !("manageable" in unit) || unit.manageable),
  );
  return (
    <SearchSelect
      name={props.name}
      label={props.label}
      hint={props.hint}
      required={props.required ?? false}
      options={units.map((unit) => ({ value: unit.id, label: `${name(unit.name)} · ${unit.code}` }))}
      onSearch={setWords}
      {...(props.onChange ? { value: props.value ?? "", onChange: props.onChange } : {})}
    />
  );
}
