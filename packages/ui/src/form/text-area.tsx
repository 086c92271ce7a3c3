import { Textarea } from "@mantine/core";
import { useUi } from "../provider.tsx";
import { type FieldBinding, useField } from "./form-context.ts";
import { useLabel } from "./use-label.tsx";

interface TextAreaProps extends FieldBinding<string> {
  readonly hint?: string | undefined;
  readonly rows?: number;
  readonly placeholder?: string;
  /** Colours the box of text that never leaves the house. */
  readonly tone?: "internal";
}

/** The counter appears only when less than this is left: a number that always moves disturbs writing. */
const COUNT_FROM = 500;

/** A text of several lines that grows with what is written. */
export function TextArea(props: TextAreaProps) {
  const { text } = useUi();
  const field = useField(props, "");
  const label = useLabel(props);
  const left = props.maxLength === undefined ? undefined : props.maxLength - field.value.length;
  return (
    <div>
      <Textarea
        id={field.id}
        name={props.name}
        label={label}
        description={props.hint}
        error={field.error}
        value={field.value}
        onChange={(event) => field.set(event.currentTarget.value)}
        rows={props.rows ?? 4}
        __vars={{ "--ds-rows": String(props.rows ?? 4) }}
        placeholder={props.placeholder}
        aria-required={props.required || undefined}
        classNames={{ input: props.tone === "internal" ? "ds-grow ds-internal" : "ds-grow" }}
      />
      <p role="status" className="ds-counter">
        {left !== undefined && left <= COUNT_FROM && left >= 0 ? text("left", { count: left }) : ""}
      </p>
    </div>
  );
}
