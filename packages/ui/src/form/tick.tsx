import { type ReactNode, useId } from "react";
import { type FieldBinding, useField } from "./form-context.ts";

interface TickProps extends FieldBinding<boolean> {
  readonly note?: ReactNode;
}

/** One yes-or-no box with its words beside it. */
export function Tick(props: TickProps) {
  const field = useField(props, false);
  const noteId = useId();
  return (
    <div className="ds-tick">
      <label className="ds-card">
        <input
          type="checkbox"
          id={field.id}
          name={props.name}
          checked={field.value}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={field.error ? `${noteId}-error` : undefined}
          onChange={(event) => field.set(event.currentTarget.checked)}
        />
        <span className="ds-card-text">
          <span className="ds-card-label">{props.label}</span>
          {props.note && <span className="ds-card-note">{props.note}</span>}
        </span>
      </label>
      {field.error && (
        <p id={`${noteId}-error`} className="ds-error">
          {field.error}
        </p>
      )}
    </div>
  );
}
