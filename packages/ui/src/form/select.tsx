import { NativeSelect } from "@mantine/core";
import { useUi } from "../provider.tsx";
import { type FieldBinding, useField } from "./form-context.ts";
import { useLabel } from "./use-label.tsx";

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends FieldBinding<string> {
  readonly options: readonly Option[];
  readonly hint?: string | undefined;
}

/** A choice from a short list, with the system's own picker: the best one on every phone and screen reader. */
export function Select(props: SelectProps) {
  const { text } = useUi();
  const field = useField(props, "", true);
  const label = useLabel(props);
  return (
    <NativeSelect
      id={field.id}
      name={props.name}
      label={label}
      description={props.hint}
      error={field.error}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      data={[{ value: "", label: text("choose") }, ...props.options]}
      aria-required={props.required || undefined}
    />
  );
}
