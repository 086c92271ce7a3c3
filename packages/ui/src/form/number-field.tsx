import { TextInput } from "@mantine/core";
import { type FieldBinding, useField } from "./form-context.ts";
import { useLabel } from "./use-label.tsx";

interface NumberFieldProps extends FieldBinding<number | undefined> {
  readonly hint?: string | undefined;
  readonly min?: number;
  readonly max?: number;
}

/** A whole number; an empty field is `undefined`. */
export function NumberField(props: NumberFieldProps) {
  const field = useField<number | undefined>(props, undefined);
  const label = useLabel(props);
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      id={field.id}
      name={props.name}
      label={label}
      description={props.hint}
      error={field.error}
      value={field.value ?? ""}
      min={props.min}
      max={props.max}
      step={1}
      onChange={(event) => {
        const parsed = Number.parseInt(event.currentTarget.value, 10);
        field.set(Number.isNaN(parsed) ? undefined : parsed);
      }}
      aria-required={props.required || undefined}
    />
  );
}
