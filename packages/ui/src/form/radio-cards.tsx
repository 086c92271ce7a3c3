import { type ReactNode, useId } from "react";
import { type FieldBinding, useField } from "./form-context.ts";

export interface RadioCard<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What choosing it means; read out together with the label. */
  readonly note?: ReactNode;
}

interface RadioCardsProps<T extends string> extends FieldBinding<T | ""> {
  readonly cards: readonly RadioCard<T>[];
  readonly hint?: string | undefined;
  /** The heading of the page already asks the question: the legend is then only for screen readers. */
  readonly hideLegend?: boolean;
}

/** A question with a few answers, each a card of its own: real radio buttons, so arrows and screen readers just work. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const field = useField<T | "">(props, "", true);
  const group = useId();
  const describedBy = [props.hint ? `${group}-hint` : "", field.error ? `${group}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <fieldset className="ds-cards" aria-describedby={describedBy || undefined}>
      <legend className={props.hideLegend ? "ds-hidden" : "ds-legend"}>{props.label}</legend>
      {props.hint && (
        <p id={`${group}-hint`} className="ds-hint">
          {props.hint}
        </p>
      )}
      {field.error && (
        <p id={`${group}-error`} className="ds-error">
          {field.error}
        </p>
      )}
      {props.cards.map((card, index) => (
        <label key={card.value} className="ds-card">
          <input
            type="radio"
            id={index === 0 ? field.id : `${field.id}-${card.value}`}
            name={group}
            value={card.value}
            checked={field.value === card.value}
            onChange={() => field.set(card.value)}
          />
          <span className="ds-card-text">
            <span className="ds-card-label">{card.label}</span>
            {card.note && <span className="ds-card-note">{card.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
