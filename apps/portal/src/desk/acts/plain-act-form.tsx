import type { CaseView } from "@doorstep/contracts";
import {
  Checkbox,
  DateField,
  formatDate,
  NumberField,
  RadioCards,
  TextArea,
  TextField,
  Tick,
  useField,
} from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type AttachedFile, AttachFiles } from "../../people/case/attach-files.tsx";
import { kernel } from "../../shell/rpc.ts";
import type { ChosenPerson } from "../register/person-picker.tsx";
import { PersonBox } from "../shared/person-box.tsx";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { ActForm, type ReviewLine } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";
import {
  type ChosenTopic,
  chosenOf,
  filesOf,
  type Picked,
  type PlainAct,
  type PlainActName,
  type PlainField,
  type PlainValues,
  plainActs,
  type SentFile,
} from "./plain-acts.ts";

interface FieldProps {
  readonly c: CaseView;
  readonly form: PlainActName;
  readonly field: PlainField;
}

function useWords(form: PlainActName) {
  const { text } = useDeskText();
  return {
    label: (field: string) => nameOf(text, `acts.field.${form}`, field),
    hint: (field: PlainField) => (field.hint ? nameOf(text, `acts.hint.${form}`, field.name) : undefined),
    choice: (option: string) => nameOf(text, `acts.choice.${form}`, option),
  };
}

function UnitBox(props: { readonly name: string; readonly label: string; readonly required: boolean }) {
  const field = useField<ChosenUnit | undefined>(props, undefined);
  return <UnitPicker id={field.id} label={props.label} value={field.value} onChange={field.set} error={field.error} />;
}

interface PersonFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly required: boolean;
}

function PersonField({ hint, ...asked }: PersonFieldProps) {
  const field = useField<ChosenPerson | undefined>(asked, undefined);
  const { id, value, set, error } = field;
  return <PersonBox id={id} label={asked.label} hint={hint} value={value} onChange={set} error={error} />;
}

/** Each file is sent at once; the act takes along those that have arrived. */
function FilesField(props: { readonly name: string; readonly label: string }) {
  const field = useField<readonly SentFile[] | undefined>({ ...props, required: false }, undefined);
  const [files, setFiles] = useState<readonly AttachedFile[]>(() =>
    (field.value ?? []).map((file) => ({ ...file, key: file.id, size: 0, state: "sent" as const })),
  );
  const { set } = field;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a file that arrives or goes changes what is sent
  useEffect(() => {
    set(files.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }])));
  }, [files]);
  return <AttachFiles files={files} onChange={setFiles} />;
}

/** Those of the catalogue whose petitions are never mediated. */
function NeverTopicField(props: Omit<PersonFieldProps, "required">) {
  const { language } = useDeskText();
  const field = useField<ChosenTopic | undefined>(props, undefined);
  const catalogue = useQuery(kernel.topics.list.queryOptions({}, { staleTime: 600_000 }));
  const topics = (catalogue.data?.topics ?? []).filter((topic) => topic.neverMediated && !topic.retired);
  return (
    <RadioCards
      name={`${props.name}-choice`}
      label={props.label}
      hint={props.hint}
      value={field.value?.id ?? ""}
      error={field.error}
      onChange={(id) => field.set(topics.find((topic) => topic.id === id))}
      cards={topics.map((topic) => ({ value: topic.id, label: topic.name[language], note: "" }))}
    />
  );
}

interface SeveralProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly items: readonly Picked[];
}

function SeveralField({ hint, items, ...asked }: SeveralProps) {
  const field = useField<readonly string[]>({ ...asked, required: false }, []);
  const { value, set } = field;
  if (items.length === 0) return null;
  return (
    <fieldset className="ds-cards" id={field.id} tabIndex={-1}>
      <legend className="ds-legend">{asked.label}</legend>
      {hint && <p className="ds-hint">{hint}</p>}
      {items.map((item) => (
        <Checkbox
          key={item.value}
          label={item.label}
          checked={value.includes(item.value)}
          onChange={() =>
            set(value.includes(item.value) ? value.filter((one) => one !== item.value) : [...value, item.value])
          }
        />
      ))}
    </fieldset>
  );
}

function Box(props: FieldProps) {
  const { field, form } = props;
  const { text, language } = useDeskText();
  const words = useWords(form);
  const shared = { name: field.name, label: words.label(field.name), required: field.required !== false };
  const hint = words.hint(field);
  switch (field.kind) {
    case "text":
      return <TextArea {...shared} hint={hint} maxLength={field.max} rows={4} />;
    case "line":
      return <TextField {...shared} hint={hint} maxLength={field.max} />;
    case "number":
      return <NumberField {...shared} hint={hint} min={field.min} max={field.max} />;
    case "date":
      return <DateField {...shared} hint={hint} />;
    case "unit":
      return <UnitBox {...shared} />;
    case "person":
      return <PersonField {...shared} hint={hint} />;
    case "neverTopic":
      return <NeverTopicField {...shared} hint={hint} />;
    case "several":
      return <SeveralField name={field.name} label={shared.label} hint={hint} items={field.of(props.c, language)} />;
    case "tick":
      return <Tick {...shared} />;
    case "files":
      return <FilesField name={field.name} label={shared.label} />;
    case "pick":
      return (
        <RadioCards
          {...shared}
          cards={field
            .of(props.c, language, (name) => nameOf(text, "relation", name))
            .map((one) => ({ note: "", ...one }))}
        />
      );
    case "choice":
      return (
        <RadioCards
          {...shared}
          cards={field.options.map((option) => ({ value: option, label: words.choice(option), note: "" }))}
        />
      );
  }
}

interface PlainActFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly form: PlainActName;
  readonly onDone: () => void;
}

/** One act as a list of fields, with the step that shows once more what will be sent. */
export function PlainActForm(props: PlainActFormProps) {
  const { c, form } = props;
  const { text, language } = useDeskText();
  const words = useWords(form);
  const plain: PlainAct = plainActs[form];

  const shown = (field: PlainField, values: PlainValues): string => {
    const value = values[field.name];
    if (value === undefined || value === "") return "";
    switch (field.kind) {
      case "unit":
        return (value as ChosenUnit).path[language];
      case "person":
        return (value as ChosenPerson).name;
      case "pick":
        return (
          field.of(c, language, (name) => nameOf(text, "relation", name)).find((one) => one.value === value)?.label ??
          ""
        );
      case "date":
        return formatDate(String(value), language);
      case "choice":
        return words.choice(String(value));
      case "neverTopic":
        return (value as ChosenTopic).name[language];
      case "several":
        return field
          .of(c, language)
          .filter((one) => chosenOf(values, field.name).includes(one.value))
          .map((one) => one.label)
          .join(" · ");
      case "files":
        return filesOf(values, field.name)
          .map((file) => file.name)
          .join(" · ");
      case "tick":
        return text(value === true ? "desk.acts.yes" : "desk.acts.no");
      case "line":
      case "number":
      case "text":
        return String(value);
    }
  };
  const lines = (values: PlainValues): readonly ReviewLine[] =>
    plain.fields.map((field) => ({ label: words.label(field.name), value: shown(field, values) }));

  return (
    <ActForm<PlainValues>
      c={c}
      name={form}
      initial={Object.fromEntries(plain.fields.map((f) => [f.name, initialOf(f, c)]))}
      submitLabel={nameOf(text, "acts.do", form)}
      send={(values, on) => plain.send(values, on, c)}
      onDone={props.onDone}
      review={{ consequence: <Effect act={props.act} clocks={c.clocks} />, lines }}
    >
      {() =>
        plain.fields.map((field) => (
          <div key={field.name}>
            <Box c={c} form={form} field={field} />
            {field.sees && <WhoSees who={field.sees} />}
          </div>
        ))
      }
    </ActForm>
  );
}

const initialOf = (field: PlainField, c: CaseView): PlainValues[string] => {
  if (field.kind === "tick") return false;
  if (field.kind === "pick") return onlyOne(field, c) ?? "";
  if (field.kind === "several") return field.of(c, "en").map((one) => one.value);
  return ["number", "unit", "person", "files", "neverTopic"].includes(field.kind) ? undefined : "";
};

/** Where there is nothing to choose, nobody is asked to. */
const onlyOne = (field: Extract<PlainField, { readonly kind: "pick" }>, c: CaseView): string | undefined => {
  const [only, ...more] = field.required === false ? [] : field.of(c, "en", String);
  return more.length === 0 ? only?.value : undefined;
};
