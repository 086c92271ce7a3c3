import { NumberField, PasswordField, Select, TextArea, TextField, Tick, useField } from "@doorstep/ui";
import { useName } from "../app/i18n.ts";
import type { Kind, SettingField } from "./setting-field.ts";

interface SettingInputProps {
  readonly field: SettingField;
  readonly hint: string;
}

/** The field for one setting, by its kind. */
export function SettingInput({ field, hint }: SettingInputProps) {
  const name = useName();
  const { kind } = field;
  const own = { name: field.key, label: name(field.title), hint };
  if (field.secret) return <PasswordField {...own} autoComplete="new-password" />;
  switch (kind.type) {
    case "flag":
      return <Tick name={own.name} label={own.label} note={hint} />;
    case "whole":
      return (
        <NumberField
          {...own}
          required
          {...(kind.min !== undefined && { min: kind.min })}
          {...(kind.max !== undefined && { max: kind.max })}
        />
      );
    case "choice":
      return (
        <Select {...own} required options={kind.options.map(({ value, label }) => ({ value, label: name(label) }))} />
      );
    case "choices":
      return <Several {...own} options={kind.options} />;
    case "lines":
    case "json":
      return <TextArea {...own} rows={4} />;
    case "number":
    case "text":
      return (
        <TextField
          {...own}
          {...("maxLength" in kind && kind.maxLength !== undefined && { maxLength: kind.maxLength })}
        />
      );
  }
}

interface SeveralProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly options: (Kind & { readonly type: "choices" })["options"];
}

/** Any number of a few words. */
function Several(props: SeveralProps) {
  const name = useName();
  const field = useField<readonly string[]>(props, []);
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-legend">{props.label}</legend>
      <p className="ds-hint">{props.hint}</p>
      {props.options.map(({ value, label }) => (
        <Tick
          key={value}
          name={`${props.name}.${value}`}
          label={name(label)}
          value={field.value.includes(value)}
          onChange={(on) =>
            field.set(
              props.options.map((one) => one.value).filter((one) => (one === value ? on : field.value.includes(one))),
            )
          }
        />
      ))}
    </fieldset>
  );
}
