/** Errors by field name; an absent or empty text means the field is right. */
export type FieldErrors<V> = { readonly [K in keyof V & string]?: string | undefined };

export interface SummaryLine {
  readonly name: string;
  readonly label: string;
  readonly error: string;
}

/**
 * Lists the errors in the order in which the fields stand on the page. An error of a field that is not on the page
 * still gets its line, at the end, so that nothing keeps a form from being sent without being said.
 */
export function summarise(
  errors: Readonly<Record<string, string | undefined>>,
  labels: ReadonlyMap<string, string>,
): readonly SummaryLine[] {
  const shown = [...labels.keys()];
  const names = [...shown, ...Object.keys(errors).filter((name) => !labels.has(name))];
  return names.flatMap((name) => {
    const error = errors[name];
    return error ? [{ name, label: labels.get(name) ?? name, error }] : [];
  });
}

export interface FieldRule {
  readonly required?: boolean;
  readonly maxLength?: number;
}

/** What a form knows of a field: one that is answered by choosing is not filled in. */
export interface KeptRule extends FieldRule {
  readonly chosen?: boolean;
}

/** Checks what a field itself states; what depends on other fields is the form's `validate`. */
export function brokenRule(value: unknown, rule: KeptRule): "required" | "choose" | "tooLong" | undefined {
  const empty =
    value === undefined || value === null || value === false || (typeof value === "string" && !value.trim());
  if (rule.required && empty) return rule.chosen ? "choose" : "required";
  if (rule.maxLength !== undefined && typeof value === "string" && value.length > rule.maxLength) return "tooLong";
  return undefined;
}
