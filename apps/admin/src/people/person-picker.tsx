import { SearchSelect, useDebouncedValue } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useName } from "../app/i18n.ts";
import { kernel } from "../app/rpc.ts";

interface PersonPickerProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (personId: string) => void;
}

/** Finds somebody by name or pinyin among those the reader may see. */
export function PersonPicker(props: PersonPickerProps) {
  const name = useName();
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 250);
  // what the box shows after a choice is the label itself
  const found = useQuery(kernel.people.list.queryOptions({ q: q.split(" · ")[0] ?? "", limit: 20 }));
  const chosen = useQuery(
    kernel.people.get.queryOptions({ personId: props.value }, { enabled: props.value !== "", retry: false }),
  );
  const people = [...(chosen.data ? [chosen.data] : []), ...(found.data?.items ?? [])];
  return (
    <SearchSelect
      name={props.name}
      label={props.label}
      value={props.value}
      options={people
        .filter((person, index) => people.findIndex((other) => other.id === person.id) === index)
        .map((person) => ({ value: person.id, label: `${person.name} · ${name(person.unit.name)}` }))}
      onSearch={setWords}
      onChange={props.onChange}
    />
  );
}
