import { Button, TextArea, TextField, useField } from "@doorstep/ui";
import { useRef } from "react";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { type DemandDraft, splitAt } from "./split-demands.ts";

const MAX = 20;

/** What is asked for, one by one; a demand is split where the cursor stands. The petition's own text never changes. */
export function DemandsField(props: { readonly name: string; readonly label: string }) {
  const { text } = useDeskText();
  const field = useField<readonly DemandDraft[]>({ name: props.name, label: props.label }, []);
  const cursor = useRef(new Map<number, number>());
  const demands = field.value;
  const change = (index: number, part: Partial<DemandDraft>) =>
    field.set(demands.map((demand, at) => (at === index ? { ...demand, ...part } : demand)));

  return (
    <fieldset className="ds-cards" id={field.id} tabIndex={-1}>
      <legend className="ds-legend">{props.label}</legend>
      <p className="ds-hint">{text("desk.register.demandsHint")}</p>
      {field.error && <p className="ds-error">{field.error}</p>}
      <ol className="desk-demands">
        {demands.map((demand, index) => (
          <li key={index}>
            <div
              onSelect={(event) => {
                if (event.target instanceof HTMLTextAreaElement) cursor.current.set(index, event.target.selectionStart);
              }}
            >
              <TextArea
                name={`demand-${index}`}
                label={text("desk.register.demand", { no: index + 1 })}
                value={demand.text}
                maxLength={2_000}
                rows={2}
                onChange={(value) => change(index, { text: value })}
              />
            </div>
            <TextField
              name={`wish-${index}`}
              label={text("desk.register.wish")}
              required={false}
              value={demand.desiredOutcome}
              maxLength={1_000}
              onChange={(value) => change(index, { desiredOutcome: value })}
            />
            <div className="ds-row">
              <Button
                variant="default"
                size="sm"
                disabled={demands.length >= MAX}
                onClick={() => field.set(splitAt(demands, index, cursor.current.get(index) ?? demand.text.length))}
              >
                {text("desk.register.split")}
              </Button>
              {demands.length > 1 && (
                <Button
                  variant="default"
                  size="sm"
                  aria-label={text("desk.register.removeDemand", { no: index + 1 })}
                  onClick={() => field.set(demands.filter((_, at) => at !== index))}
                >
                  {text("desk.register.remove")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {demands.length < MAX && (
        <Button variant="default" onClick={() => field.set([...demands, { text: "", desiredOutcome: "" }])}>
          {text("desk.register.addDemand")}
        </Button>
      )}
      <WhoSees who="letter" />
    </fieldset>
  );
}
