import { DateField, type FieldErrors, Form, Stack, TextArea, TextField } from "@doorstep/sdk/ui";
import type { ReactNode } from "react";
import { type Say, useTalks } from "./words.ts";

const PROMISES = 3;
const LINES = 5;

export interface Note {
  readonly needs: readonly string[];
  readonly promises: readonly { readonly words: string; readonly dueOn: string }[];
}

type Values = Readonly<Record<string, string>>;

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

function noteOf(values: Values): Note {
  const promises = Array.from({ length: PROMISES }, (_, no) => ({
    words: (values[`words${no}`] ?? "").trim(),
    dueOn: values[`dueOn${no}`] ?? "",
  }));
  return { needs: linesOf(values.needs ?? ""), promises: promises.filter((one) => one.words !== "") };
}

function valuesOf(note: Note | undefined, more: Values): Values {
  const promises = (note?.promises ?? []).flatMap(({ words, dueOn }, no) => [
    [`words${no}`, words],
    [`dueOn${no}`, dueOn],
  ]);
  return { ...more, needs: (note?.needs ?? []).join("\n"), ...Object.fromEntries(promises) };
}

/** A promise has words and a day, or is none. */
function halfPromises(values: Values, say: Say): Record<string, string> {
  const errors: Record<string, string> = {};
  for (let no = 0; no < PROMISES; no += 1) {
    const [words, dueOn] = [(values[`words${no}`] ?? "").trim(), values[`dueOn${no}`] ?? ""];
    if (words !== "" && dueOn === "") errors[`dueOn${no}`] = say("talk.dayMissing");
    if (words === "" && dueOn !== "") errors[`words${no}`] = say("talk.wordsMissing");
  }
  return errors;
}

interface NoteFormProps {
  readonly note?: Note | undefined;
  /** Further fields above the lines, by their names in `more`. */
  readonly children?: ReactNode;
  readonly more?: Values;
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly error: ReactNode;
  readonly secondary?: ReactNode;
  readonly onSubmit: (note: Note, values: Values) => void;
}

/** The note of a talk: what is needed, what was promised and by when, five lines in all. */
export function NoteForm(props: NoteFormProps) {
  const { say } = useTalks();
  const validate = (values: Values): FieldErrors<Values> => {
    const note = noteOf(values);
    const count = note.needs.length + note.promises.length;
    return {
      ...halfPromises(values, say),
      ...(count > LINES && { needs: say("talk.tooMany") }),
      ...(count === 0 && { needs: say("talk.nothing") }),
    };
  };
  return (
    <Form<Values>
      initial={valuesOf(props.note, props.more ?? {})}
      validate={validate}
      submitLabel={props.submitLabel}
      busy={props.busy}
      error={props.error}
      secondary={props.secondary}
      onSubmit={(values) => props.onSubmit(noteOf(values), values)}
    >
      {props.children}
      <TextArea name="needs" label={say("talk.needs")} hint={say("talk.noteHint")} rows={3} maxLength={500} />
      {Array.from({ length: PROMISES }, (_, no) => (
        <Stack key={no} gap="sm">
          <TextField name={`words${no}`} label={say("talk.promiseNo", { no: no + 1 })} maxLength={100} />
          <DateField name={`dueOn${no}`} label={say("talk.promiseDay", { no: no + 1 })} />
        </Stack>
      ))}
    </Form>
  );
}
