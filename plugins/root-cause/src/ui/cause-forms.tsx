import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  EmptyState,
  ErrorState,
  Form,
  Select,
  Skeleton,
  Text,
  TextArea,
  TextField,
  useErrorText,
  useKernel,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Kind, kinds } from "../codes.ts";
import type { CauseView } from "./cause-view.ts";
import { useRootCause } from "./words.ts";

interface FormProps {
  readonly cause: CauseView;
}

/** Time to carry out a fix, and to answer, where nothing else is said. */
const DAYS = { fix: 60, answer: 14 } as const;

/** What every form here needs; after it is sent the story is read anew. */
function useForm() {
  const { say, rpc, language, timeZone } = useRootCause();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [id] = useState(() => crypto.randomUUID());
  const onSuccess = () => client.invalidateQueries();
  const words = (error: unknown) => (error ? errorText(error) : undefined);
  return { say, rpc, language, id, onSuccess, words, today: dayOf(new Date().toISOString(), timeZone) };
}

export function DecideForm({ cause }: FormProps) {
  const { say, rpc, language, today, onSuccess, words } = useForm();
  const choices = useQuery(rpc.choices.queryOptions(undefined, { staleTime: 0 }));
  const write = useMutation(rpc.decide.mutationOptions({ onSuccess }));
  if (choices.isError) return <ErrorState title={words(choices.error) ?? ""} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <Skeleton lines={4} />;
  const { people, units } = choices.data;
  const last = cause.rounds.at(-1);
  return (
    <Form
      initial={{
        ...{ kind: cause.kind as string, causeWords: last?.causeWords ?? "", fixWords: "" },
        ...{ ownerUnit: units[0]?.id ?? "", ownerId: "", dueOn: addDays(today, DAYS.fix) },
      }}
      submitLabel={say("decide.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={({ kind, ownerId, ...values }) =>
        write.mutate({
          ...{ causeId: cause.causeId, kind: kind as Kind, ownerId: ownerId === "" ? null : ownerId },
          ...values,
        })
      }
    >
      <Select
        name="kind"
        label={say("decide.kind")}
        options={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
        required
      />
      <TextArea
        name="causeWords"
        label={say("decide.cause")}
        hint={say("decide.causeHint")}
        rows={4}
        maxLength={2000}
        required
      />
      <TextArea name="fixWords" label={say("decide.fix")} rows={4} maxLength={2000} required />
      <Select
        name="ownerUnit"
        label={say("decide.ownerUnit")}
        options={units.map(({ id, name }) => ({ value: id, label: name[language] }))}
        required
      />
      <Select
        name="ownerId"
        label={say("decide.owner")}
        options={[
          { value: "", label: say("decide.nobody") },
          ...people.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${unit[language]}` })),
        ]}
      />
      <DateField name="dueOn" label={say("decide.dueOn")} min={today} required />
    </Form>
  );
}

export function DropForm({ cause }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const write = useMutation(rpc.drop.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ words: "" }}
      submitLabel={say("drop.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ causeId: cause.causeId, ...values })}
    >
      <TextArea name="words" label={say("drop.words")} rows={3} maxLength={2000} required />
    </Form>
  );
}

export function StepForm({ cause }: FormProps) {
  const { say, rpc, id, today, onSuccess, words } = useForm();
  const write = useMutation(rpc.addStep.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ what: "", dueOn: cause.dueOn ?? today }}
      submitLabel={say("step.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ causeId: cause.causeId, stepId: id, ...values })}
    >
      <TextField name="what" label={say("step.what")} maxLength={500} required />
      <DateField name="dueOn" label={say("step.dueOn")} min={today} required />
    </Form>
  );
}

export function EndStepForm({ cause }: FormProps) {
  const { say, rpc, today, onSuccess, words } = useForm();
  const write = useMutation(rpc.endStep.mutationOptions({ onSuccess }));
  const open = cause.rounds.at(-1)?.steps.filter((step) => step.doneOn === null) ?? [];
  return (
    <Form
      initial={{ stepId: open.length === 1 ? (open[0]?.stepId ?? "") : "", how: "isDone", doneOn: today, words: "" }}
      submitLabel={say("step.save")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={({ stepId, how, doneOn, words: said }) =>
        write.mutate({ causeId: cause.causeId, stepId, doneOn: how === "takeOut" ? null : doneOn, words: said })
      }
    >
      <Select
        name="stepId"
        label={say("step.which")}
        options={open.map((step) => ({ value: step.stepId, label: step.what }))}
        required
      />
      <Select
        name="how"
        label={say("step.how")}
        options={(["isDone", "takeOut"] as const).map((value) => ({ value, label: say(`step.${value}`) }))}
        required
      />
      <DateField name="doneOn" label={say("step.doneOn")} max={today} required />
      <TextArea name="words" label={say("step.words")} rows={2} maxLength={500} />
    </Form>
  );
}

export function DoneForm({ cause }: FormProps) {
  const { say, rpc, today, onSuccess, words } = useForm();
  const write = useMutation(rpc.reportDone.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ doneOn: today, words: "" }}
      submitLabel={say("done.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ causeId: cause.causeId, ...values })}
    >
      <Text>{say("done.means")}</Text>
      <DateField name="doneOn" label={say("done.on")} max={today} required />
      <TextArea name="words" label={say("done.words")} rows={3} maxLength={2000} required />
    </Form>
  );
}

export function JudgeForm({ cause }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const write = useMutation(rpc.judge.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ worked: "", words: "" }}
      submitLabel={say("judge.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) =>
        write.mutate({ causeId: cause.causeId, worked: values.worked === "yes", words: values.words })
      }
    >
      <Select
        name="worked"
        label={say("judge.worked")}
        options={(["yes", "no"] as const).map((value) => ({ value, label: say(`judge.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("judge.words")} rows={3} maxLength={2000} required />
    </Form>
  );
}

const ALL = "all";

export function AskForm({ cause }: FormProps) {
  const { say, rpc, language, today, onSuccess, words } = useForm();
  const choices = useQuery(rpc.choices.queryOptions(undefined, { staleTime: 0 }));
  const write = useMutation(rpc.ask.mutationOptions({ onSuccess }));
  if (choices.isError) return <ErrorState title={words(choices.error) ?? ""} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <Skeleton lines={3} />;
  const { siblings } = choices.data;
  if (siblings.length === 0) return <EmptyState title={say("askForm.none")} />;
  return (
    <Form
      initial={{ units: ALL, dueOn: addDays(today, DAYS.answer) }}
      submitLabel={say("askForm.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={({ units, dueOn }) =>
        write.mutate({
          ...{ causeId: cause.causeId, dueOn },
          unitIds: units === ALL ? siblings.map((one) => one.id) : [units],
        })
      }
    >
      <Text>{say("askForm.means")}</Text>
      <Select
        name="units"
        label={say("askForm.units")}
        options={[
          { value: ALL, label: say("askForm.all") },
          ...siblings.map(({ id, name }) => ({ value: id, label: name[language] })),
        ]}
        required
      />
      <DateField name="dueOn" label={say("askForm.dueOn")} min={today} required />
    </Form>
  );
}

export function LinkForm({ cause }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const kernel = useKernel();
  const client = useQueryClient();
  const [missing, setMissing] = useState(false);
  const write = useMutation(rpc.link.mutationOptions({ onSuccess }));
  const send = async (caseNo: string): Promise<void> => {
    setMissing(false);
    const found = await client.fetchQuery(kernel.cases.byNo.queryOptions({ caseNo })).catch(() => null);
    if (found) write.mutate({ causeId: cause.causeId, caseId: found.caseId });
    else setMissing(true);
  };
  return (
    <Form
      initial={{ caseNo: "" }}
      submitLabel={say("link.send")}
      busy={write.isPending}
      error={missing ? say("link.none") : words(write.error)}
      onSubmit={({ caseNo }) => void send(caseNo)}
    >
      <TextField name="caseNo" label={say("link.caseNo")} maxLength={40} required />
    </Form>
  );
}
