import {
  Alert,
  Button,
  ConfirmDialog,
  ErrorState,
  Form,
  Screen,
  Select,
  Skeleton,
  Stack,
  TextArea,
  TextField,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { Written } from "../keep-answers.ts";
import { type Topic, topics } from "../topics.ts";
import { type SayHelp, useHelp } from "./help-words.ts";

/** What the unit answers before somebody files, kept by its officers; what units above answer stands below it, to read. */
export default function AnswersPage() {
  const { say, rpc } = useHelp();
  const errorText = useErrorText();
  const client = useQueryClient();
  const found = useQuery(rpc.kept.queryOptions(undefined, { staleTime: 0 }));
  const [editing, setEditing] = useState<Written | null>(null);
  const [going, setGoing] = useState<Written | null>(null);
  const done = async () => {
    setEditing(null);
    setGoing(null);
    await client.invalidateQueries(rpc.kept.queryFilter());
  };
  const save = useMutation(rpc.save.mutationOptions({ onSuccess: done }));
  const takeOut = useMutation(rpc.takeOut.mutationOptions({ onSuccess: done }));
  const all = found.data ?? [];
  return (
    <Screen title={say("keep.title")}>
      <Stack gap="lg">
        <p>{say("keep.lead")}</p>
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {takeOut.isError && (
          <Alert color="red" role="alert">
            {errorText(takeOut.error)}
          </Alert>
        )}
        <p role="status">{save.isSuccess && editing === null ? say("keep.saved") : ""}</p>
        {editing ? (
          <AnswerForm
            key={editing.id}
            written={editing}
            busy={save.isPending}
            error={save.isError ? errorText(save.error) : undefined}
            onSave={(written) => save.mutate(written)}
            onCancel={() => setEditing(null)}
          />
        ) : (
          <div>
            <Button onClick={() => setEditing(blank())}>{say("keep.add")}</Button>
          </div>
        )}
        {found.data && (
          <>
            <Listed
              heading={say("keep.own")}
              list={all.filter((one) => one.own)}
              onEdit={setEditing}
              onEnd={setGoing}
            />
            <Listed heading={say("keep.above")} list={all.filter((one) => !one.own)} />
          </>
        )}
      </Stack>
      <ConfirmDialog
        opened={going !== null}
        title={say("keep.takeOutTitle")}
        confirmLabel={say("keep.takeOutDo")}
        danger
        busy={takeOut.isPending}
        onConfirm={() => going && takeOut.mutate({ id: going.id })}
        onClose={() => setGoing(null)}
      >
        {say("keep.takeOutText")}
      </ConfirmDialog>
    </Screen>
  );
}

const nothing = { "zh-CN": "", en: "" };
const blank = (): Written => ({
  ...{ id: crypto.randomUUID(), version: 0, topic: "pay" as const },
  ...{ question: nothing, answer: nothing, elsewhere: nothing, timeLimit: nothing, source: "" },
});

interface ListedProps {
  readonly heading: string;
  readonly list: readonly Written[];
  readonly onEdit?: (one: Written) => void;
  readonly onEnd?: (one: Written) => void;
}

function Listed({ heading, list, onEdit, onEnd }: ListedProps) {
  const { say, language } = useHelp();
  return (
    <section>
      <h2>{heading}</h2>
      {list.length === 0 && <p>{say("keep.none")}</p>}
      <ul className="ds-list">
        {list.map((one) => {
          const question = one.question[language];
          return (
            <li key={one.id} className="ds-panel">
              <strong>{question}</strong>
              <p className="ds-hint">{say(`topics.${one.topic}`)}</p>
              {onEdit && onEnd && (
                <div className="ds-row">
                  <button type="button" className="ds-link" onClick={() => onEdit(one)}>
                    {say("keep.change", { question })}
                  </button>
                  <button type="button" className="ds-link" onClick={() => onEnd(one)}>
                    {say("keep.takeOut", { question })}
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface Fields {
  readonly topic: Topic;
  readonly questionZh: string;
  readonly questionEn: string;
  readonly answerZh: string;
  readonly answerEn: string;
  readonly elsewhereZh: string;
  readonly elsewhereEn: string;
  readonly timeLimitZh: string;
  readonly timeLimitEn: string;
  readonly source: string;
}

const fieldsOf = (w: Written): Fields => ({
  ...{ topic: w.topic, source: w.source },
  ...{ questionZh: w.question["zh-CN"], questionEn: w.question.en },
  ...{ answerZh: w.answer["zh-CN"], answerEn: w.answer.en },
  ...{ elsewhereZh: w.elsewhere["zh-CN"], elsewhereEn: w.elsewhere.en },
  ...{ timeLimitZh: w.timeLimit["zh-CN"], timeLimitEn: w.timeLimit.en },
});

const writtenOf = (w: Pick<Written, "id" | "version">, f: Fields): Written => ({
  ...{ id: w.id, version: w.version, topic: f.topic, source: f.source },
  question: { "zh-CN": f.questionZh, en: f.questionEn },
  answer: { "zh-CN": f.answerZh, en: f.answerEn },
  elsewhere: { "zh-CN": f.elsewhereZh, en: f.elsewhereEn },
  timeLimit: { "zh-CN": f.timeLimitZh, en: f.timeLimitEn },
});

/** Both languages are needed, or neither: nobody reads half an answer. */
function problems(f: Fields, say: SayHelp): Partial<Record<keyof Fields, string>> {
  const out: Partial<Record<keyof Fields, string>> = {};
  for (const field of ["questionZh", "questionEn", "answerZh", "answerEn"] as const)
    if (f[field].trim() === "") out[field] = say("keep.needed");
  for (const [zh, en] of [
    ["elsewhereZh", "elsewhereEn"],
    ["timeLimitZh", "timeLimitEn"],
  ] as const)
    if ((f[zh].trim() === "") !== (f[en].trim() === "")) out[f[zh].trim() === "" ? zh : en] = say("keep.twin");
  return out;
}

interface AnswerFormProps {
  readonly written: Written;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onSave: (written: Written) => void;
  readonly onCancel: () => void;
}

function AnswerForm(props: AnswerFormProps) {
  const { say } = useHelp();
  const line = (name: keyof Fields, maxLength: number, required: boolean) => (
    <TextField name={name} label={say(`keep.${name}`)} required={required} maxLength={maxLength} />
  );
  return (
    <Form<Fields>
      initial={fieldsOf(props.written)}
      validate={(values) => problems(values, say)}
      onSubmit={(values) => props.onSave(writtenOf(props.written, values))}
      submitLabel={say("keep.save")}
      busy={props.busy}
      error={props.error}
      secondary={
        <Button variant="default" onClick={props.onCancel}>
          {say("keep.cancel")}
        </Button>
      }
    >
      <Select
        name="topic"
        label={say("keep.topic")}
        required
        options={topics.map((value) => ({ value, label: say(`topics.${value}`) }))}
      />
      {line("questionZh", 200, true)}
      {line("questionEn", 200, true)}
      <TextArea name="answerZh" label={say("keep.answerZh")} required rows={5} maxLength={4_000} />
      <TextArea name="answerEn" label={say("keep.answerEn")} required rows={5} maxLength={4_000} />
      {line("elsewhereZh", 500, false)}
      {line("elsewhereEn", 500, false)}
      {line("timeLimitZh", 200, false)}
      {line("timeLimitEn", 200, false)}
      {line("source", 200, false)}
    </Form>
  );
}
