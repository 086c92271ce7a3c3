import { Button, TextField, useField } from "@doorstep/ui";
import { useState } from "react";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { type ChosenPerson, PersonPicker } from "./person-picker.tsx";

export type RespondentDraft =
  | { readonly kind: "person"; readonly person: ChosenPerson }
  | { readonly kind: "unit"; readonly unit: ChosenUnit }
  | { readonly kind: "words"; readonly label: string };

type Adding = RespondentDraft["kind"];

/** Who or what is complained of: the kernel keeps the case away from them. */
export function RespondentsField(props: { readonly name: string; readonly label: string }) {
  const { text, language } = useDeskText();
  const field = useField<readonly RespondentDraft[]>({ name: props.name, label: props.label }, []);
  const [adding, setAdding] = useState<Adding>();
  const [words, setWords] = useState("");
  const add = (respondent: RespondentDraft) => {
    field.set([...field.value, respondent]);
    setAdding(undefined);
    setWords("");
  };
  const nameOfOne = (one: RespondentDraft): string => {
    if (one.kind === "person")
      return text("desk.register.personOf", { name: one.person.name, unit: one.person.unit[language] });
    return one.kind === "unit" ? one.unit.path[language] : one.label;
  };

  return (
    <fieldset className="ds-cards" id={field.id} tabIndex={-1}>
      <legend className="ds-legend">{props.label}</legend>
      <p className="ds-hint">{text("desk.register.respondentsHint")}</p>
      <ul className="ds-list">
        {field.value.map((one, index) => (
          <li key={index} className="ds-row ds-row-between">
            <span>{text(`desk.register.kind.${one.kind}`, { name: nameOfOne(one) })}</span>
            <Button
              variant="default"
              size="sm"
              aria-label={text("desk.register.removeRespondent", { name: nameOfOne(one) })}
              onClick={() => field.set(field.value.filter((_, at) => at !== index))}
            >
              {text("desk.register.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {adding === undefined && (
        <div className="ds-row">
          {(["person", "unit", "words"] as const).map((kind) => (
            <Button key={kind} variant="default" onClick={() => setAdding(kind)}>
              {text(`desk.register.add.${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {adding === "person" && <PersonPicker onChange={(person) => add({ kind: "person", person })} />}
      {adding === "unit" && (
        <UnitPicker
          label={text("desk.register.add.unit")}
          value={undefined}
          onChange={(unit) => unit && add({ kind: "unit", unit })}
        />
      )}
      {adding === "words" && (
        <div className="ds-row">
          <TextField
            name="respondent-words"
            label={text("desk.register.words")}
            value={words}
            maxLength={80}
            onChange={setWords}
          />
          <Button
            variant="default"
            disabled={words.trim() === ""}
            onClick={() => add({ kind: "words", label: words.trim() })}
          >
            {text("desk.register.add")}
          </Button>
        </div>
      )}
      {adding !== undefined && (
        <Button variant="subtle" onClick={() => setAdding(undefined)}>
          {text("desk.register.cancelAdd")}
        </Button>
      )}
      <WhoSees who="handling" />
    </fieldset>
  );
}
