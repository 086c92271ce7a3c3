import { Button } from "@doorstep/ui";
import { type ChosenPerson, PersonPicker } from "../register/person-picker.tsx";
import { useDeskText } from "../text.ts";

interface PersonBoxProps {
  readonly label: string;
  readonly value: ChosenPerson | undefined;
  readonly onChange: (person: ChosenPerson | undefined) => void;
  readonly id?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** Somebody of the house: looked for by name, and shown with his unit once he is chosen. */
export function PersonBox(props: PersonBoxProps) {
  const { text, language } = useDeskText();
  const { value } = props;
  return (
    <fieldset className="ds-cards" id={props.id} tabIndex={-1}>
      <legend className="ds-legend">{props.label}</legend>
      {props.hint && <p className="ds-hint">{props.hint}</p>}
      {value ? (
        <p className="ds-row">
          <strong>{value.name}</strong>
          <span>{value.unit[language]}</span>
          <Button variant="default" onClick={() => props.onChange(undefined)}>
            {text("desk.handover.change")}
          </Button>
        </p>
      ) : (
        <PersonPicker onChange={props.onChange} />
      )}
      {props.error && <p className="ds-error">{props.error}</p>}
    </fieldset>
  );
}
