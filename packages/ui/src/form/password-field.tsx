import { PasswordInput } from "@mantine/core";
import { useUi } from "../provider.tsx";
import { type FieldBinding, useField } from "./form-context.ts";

interface PasswordFieldProps extends FieldBinding<string> {
  readonly hint?: string | undefined;
  readonly autoComplete: "current-password" | "new-password";
}

/** A password with a button that shows it: hidden typing costs more than it protects on a phone of one's own. */
export function PasswordField(props: PasswordFieldProps) {
  const { text } = useUi();
  const field = useField(props, "");
  return (
    <PasswordInput
      id={field.id}
      name={props.name}
      label={props.label}
      description={props.hint}
      error={field.error}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      autoComplete={props.autoComplete}
      aria-required={props.required || undefined}
      visibilityToggleButtonProps={{ "aria-label": text("showPassword"), tabIndex: 0 }}
    />
  );
}
