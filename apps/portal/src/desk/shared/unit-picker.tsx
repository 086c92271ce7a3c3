import type { Text } from "@doorstep/contracts";
import { Button, useDebouncedValue } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";

export interface ChosenUnit {
  readonly id: string;
  readonly name: Text;
  readonly path: Text;
}

interface UnitPickerProps {
  readonly label: string;
  readonly value: ChosenUnit | undefined;
  readonly onChange: (unit: ChosenUnit | undefined) => void;
  readonly error?: string | undefined;
  readonly id?: string | undefined;
}

const SEARCH_FROM = 2;

/** Any unit, found by typing; the finds are radio buttons in the page, so that no list floats over a drawer. */
export function UnitPicker(props: UnitPickerProps) {
  const { text, language } = useDeskText();
  const ownId = useId();
  const id = props.id ?? ownId;
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 250);
  const searching = asked.length >= SEARCH_FROM;
  const found = useQuery(kernel.units.find.queryOptions({ q: asked, limit: 8 }, { enabled: searching }));
  const units = searching ? (found.data?.items ?? []) : [];

  if (props.value)
    return (
      <div className="desk-picked">
        <p>
          <span className="ds-legend">{props.label}</span>
          <br />
          {text("desk.units.chosen", { name: props.value.path[language] })}
        </p>
        <Button
          variant="default"
          onClick={() => {
            props.onChange(undefined);
            requestAnimationFrame(() => field.current?.focus());
          }}
        >
          {text("desk.units.change")}
        </Button>
      </div>
    );
  return (
    <fieldset className="ds-cards">
      <legend className="ds-legend">{props.label}</legend>
      <label htmlFor={id}>{text("desk.units.search")}</label>
      <input
        ref={field}
        id={id}
        type="search"
        className="desk-input"
        value={words}
        autoComplete="off"
        aria-describedby={`${id}-state`}
        aria-invalid={props.error ? true : undefined}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = units[0];
          if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          if (first && asked === words.trim()) props.onChange(first);
        }}
      />
      {props.error && <p className="ds-error">{props.error}</p>}
      <p id={`${id}-state`} role="status" className="ds-hint">
        {!searching && text("desk.units.hint")}
        {searching && found.isFetching && text("desk.units.searching")}
        {searching &&
          found.isSuccess &&
          !found.isFetching &&
          (units.length > 0 ? text("desk.units.found", { count: units.length }) : text("desk.units.none"))}
      </p>
      {units.map((unit) => (
        <button key={unit.id} type="button" className="ds-card desk-unit" onClick={() => props.onChange(unit)}>
          <span className="ds-card-text">
            <span className="ds-card-label">{unit.name[language]}</span>
            <span className="ds-card-note">{unit.path[language]}</span>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
