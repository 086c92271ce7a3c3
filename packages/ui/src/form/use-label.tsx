import { useUi } from "../provider.tsx";

/** Says "(optional)" in the label of a field that may stay empty: fewer marks than a star on all the others. */
export function useLabel(field: { readonly label: string; readonly required?: boolean }): string {
  const { text } = useUi();
  return field.required === false ? `${field.label}${text("optional")}` : field.label;
}
