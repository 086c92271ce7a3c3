import { createContext, use, useEffect, useId } from "react";
import type { FieldRule, KeptRule } from "./error-summary.ts";

export interface FormContextValue {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string | undefined>>;
  readonly set: (name: string, value: unknown) => void;
  readonly register: (name: string, label: string, rule: KeptRule) => () => void;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

export interface FieldBinding<T> extends FieldRule {
  readonly name: string;
  readonly label: string;
  /** Both together make the field stand on its own, outside or beside a form. */
  readonly value?: T | undefined;
  readonly onChange?: ((value: T) => void) | undefined;
  readonly error?: string | undefined;
}

export interface Field<T> {
  readonly id: string;
  readonly value: T;
  readonly set: (value: T) => void;
  readonly error: string | undefined;
}

/**
 * Ties a field to the form around it by name, or to its own `value` and `onChange`.
 *
 * @param chosen - it is answered by choosing: where it is left empty the form says so in these words
 */
export function useField<T>(binding: FieldBinding<T>, empty: T, chosen = false): Field<T> {
  const form = use(FormContext);
  const ownId = useId();
  const { name, label, required, maxLength, onChange } = binding;
  const standalone = onChange !== undefined || form === undefined;
  const register = standalone ? undefined : form.register;

  useEffect(
    () =>
      register?.(name, label, {
        ...(required === undefined ? {} : { required }),
        ...(maxLength === undefined ? {} : { maxLength }),
        chosen,
      }),
    [register, name, label, required, maxLength, chosen],
  );

  if (standalone) {
    return {
      id: `${ownId}-${name}`,
      value: binding.value ?? empty,
      set: (value) => onChange?.(value),
      error: binding.error,
    };
  }
  return {
    id: `${form.id}-${name}`,
    // The form is generic over its values; a field states the type it reads by its own kind.
    value: (form.values[name] as T | undefined) ?? empty,
    set: (value) => form.set(name, value),
    error: binding.error ?? form.errors[name],
  };
}
