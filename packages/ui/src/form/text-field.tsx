import { TextInput } from "@mantine/core";
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute } from "react";
import { type FieldBinding, useField } from "./form-context.ts";
import { useLabel } from "./use-label.tsx";

interface TextFieldProps extends FieldBinding<string> {
  readonly hint?: string | undefined;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: "text" | "tel" | "email" | "numeric" | "search";
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly placeholder?: string;
  readonly monospace?: boolean;
  readonly autoFocus?: boolean;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const field = useField(props, "");
  const label = useLabel(props);
  return (
    <TextInput
      id={field.id}
      name={props.name}
      label={label}
      description={props.hint}
      error={field.error}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      type={props.type ?? "text"}
      inputMode={props.inputMode}
      autoComplete={props.autoComplete ?? "off"}
      placeholder={props.placeholder}
      data-autofocus={props.autoFocus || undefined}
      aria-required={props.required || undefined}
      classNames={{ input: props.monospace ? "ds-mono" : "" }}
    />
  );
}
