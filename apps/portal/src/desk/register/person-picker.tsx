import type { Text } from "@doorstep/contracts";
import { useDebouncedValue } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

export interface ChosenPerson {
  readonly id: string;
  readonly name: string;
  readonly unit: Text;
}

const SEARCH_FROM = 2;

/** A person of the house, by name or pinyin: so that the kernel can keep him and his unit away from the case. */
export function PersonPicker(props: { readonly onChange: (person: ChosenPerson) => void }) {
  const { text, language } = useDeskText();
  const id = useId();
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 250);
  const searching = asked.length >= SEARCH_FROM;
  const found = useQuery(kernel.people.find.queryOptions({ q: asked }, { enabled: searching }));
  const people = searching ? (found.data ?? []) : [];
  return (
    <div className="ds-cards">
      <label htmlFor={id}>{text("desk.register.personSearch")}</label>
      <input
        id={id}
        type="search"
        className="desk-input"
        value={words}
        autoComplete="off"
        aria-describedby={`${id}-state`}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <p id={`${id}-state`} role="status" className="ds-hint">
        {!searching && text("desk.units.hint")}
        {searching && found.isSuccess && people.length === 0 && text("desk.register.personNone")}
        {found.isError && problemOf(found.error, language).message}
      </p>
      {people.map((person) => (
        <button key={person.id} type="button" className="ds-card desk-unit" onClick={() => props.onChange(person)}>
          <span className="ds-card-text">
            <span className="ds-card-label">{person.name}</span>
            <span className="ds-card-note">{person.unit[language]}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
