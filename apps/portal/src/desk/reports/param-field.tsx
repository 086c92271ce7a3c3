import { DateField, NumberField, Select, TextField, Tick } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import type { Param } from "./read-params.ts";

/** One question of a report. */
export function ParamField(props: { readonly param: Param }) {
  const { language } = useDeskText();
  const { name, kind, options, min, max, maxLength, ...param } = props.param;
  const label = param.label[language];
  switch (kind) {
    case "tick":
      return <Tick name={name} label={label} />;
    case "choice":
      return <Select name={name} label={label} options={options.map((value) => ({ value, label: value }))} />;
    case "number":
      return (
        <NumberField
          name={name}
          label={label}
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
        />
      );
    case "date":
      return <DateField name={name} label={label} />;
    case "text":
      return <TextField name={name} label={label} {...(maxLength !== undefined && { maxLength })} />;
  }
}
