import { SearchSelect, useDebouncedValue, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { useReception } from "./words.ts";

interface PersonFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
}

/** Somebody of the unit, found by name or pinyin. */
export function PersonField(props: PersonFieldProps) {
  const { rpc, language } = useReception();
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q, 300);
  const people = useQuery(rpc.people.queryOptions({ q: asked }, { placeholderData: (before) => before }));
  const options = (people.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unit[language]}` }));
  // the field writes what was chosen into its search: that is no new question
  const ask = (words: string) => setQ(options.some((one) => one.label === words) ? "" : words);
  return (
    <SearchSelect
      name={props.name}
      label={props.label}
      hint={props.hint}
      options={options}
      onSearch={ask}
      {...(props.required && { required: true })}
    />
  );
}
