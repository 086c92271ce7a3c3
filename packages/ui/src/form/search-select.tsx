import { Select as MantineSelect } from "@mantine/core";
import { useUi } from "../provider.tsx";
import { type FieldBinding, useField } from "./form-context.ts";
import type { Option } from "./select.tsx";
import { useLabel } from "./use-label.tsx";

interface SearchSelectProps extends FieldBinding<string> {
  readonly options: readonly Option[];
  readonly hint?: string | undefined;
  /** Replaces the search in the labels, for a search on the server (pinyin, thousands of entries). */
  readonly onSearch?: ((words: string) => void) | undefined;
}

/** A choice from a long list, found by typing. */
export function SearchSelect(props: SearchSelectProps) {
  const { text } = useUi();
  const field = useField(props, "", true);
  const label = useLabel(props);
  const { onSearch } = props;
  return (
    <MantineSelect
      id={field.id}
      name={props.name}
      label={label}
      description={props.hint}
      error={field.error}
      value={field.value === "" ? null : field.value}
      onChange={(value) => field.set(value ?? "")}
      data={[...props.options]}
      searchable
      clearable={!props.required}
      nothingFoundMessage={text("nothingFound")}
      aria-required={props.required || undefined}
      {...(onSearch ? { onSearchChange: onSearch, filter: ({ options }) => options } : {})}
    />
  );
}
