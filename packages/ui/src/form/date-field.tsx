import { TextInput } from "@mantine/core";
import { type FieldBinding, useField } from "./form-context.ts";
import { useLabel } from "./use-label.tsx";

interface DateFieldProps extends FieldBinding<string> {
  readonly hint?: string | undefined;
  /** Local dates, `YYYY-MM-DD`. */
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** A local date, `YYYY-MM-DD`, by the browser's own calendar: it speaks the system's language and works by keyboard. */
export function DateField(props: DateFieldProps) {
  const field = useField(props, "");
  const label = useLabel(props);
  return (
    <TextInput
      type="date"
      id={field.id}
      name={props.name}
      label={label}
      description={props.hint}
      error={field.error}
      value={field.value}
      min={props.min}
      max={props.max}
      onChange={(event) => field.set(event.currentTarget.value)}
      aria-required={props.required || undefined}
    />
  );
}
