import { dayOf } from "@doorstep/sdk";
import {
  DateField,
  ErrorState,
  Form,
  Select,
  Skeleton,
  TextArea,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Cause, type Class, causes, classes, type Way, ways } from "../codes.ts";
import type { ItemView } from "./item-view.ts";
import { useEndCheck } from "./use-end-check.ts";
import { useBacklog } from "./words.ts";

interface FormProps {
  readonly item: ItemView;
}

/** What every form here needs; after it is sent the story is read anew. */
function useForm() {
  const { say, rpc, language, timeZone } = useBacklog();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [id] = useState(() => crypto.randomUUID());
  const onSuccess = () => client.invalidateQueries();
  const words = (error: unknown) => (error ? errorText(error) : undefined);
  return { say, rpc, language, id, onSuccess, words, today: dayOf(new Date().toISOString(), timeZone) };
}

export function ClassifyForm({ item }: FormProps) {
  const { say, rpc, language, onSuccess, words } = useForm();
  const { caseId } = item;
  const choices = useQuery(rpc.choices.queryOptions({ caseId }, { staleTime: 0 }));
  const write = useMutation(rpc.classify.mutationOptions({ onSuccess }));
  if (choices.isError) return <ErrorState title={words(choices.error) ?? ""} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <Skeleton lines={4} />;
  return (
    <Form
      initial={{
        ...{ cause: item.cause ?? "", class: item.class ?? "", measures: item.measures },
        leaderId: item.leaderId ?? "",
      }}
      submitLabel={say("classify.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) =>
        write.mutate({
          ...{ caseId, measures: values.measures, cause: values.cause as Cause, class: values.class as Class },
          leaderId: values.leaderId === "" ? null : values.leaderId,
        })
      }
    >
      <Select
        name="cause"
        label={say("classify.cause")}
        options={causes.map((value) => ({ value, label: say(`cause.${value}`) }))}
        required
      />
      <Select
        name="class"
        label={say("classify.class")}
        options={classes.map((value) => ({ value, label: say(`class.${value}`) }))}
        required
      />
      <TextArea name="measures" label={say("classify.measures")} rows={4} maxLength={2000} required />
      <Select
        name="leaderId"
        label={say("classify.leader")}
        options={[
          { value: "", label: say("classify.noLeader") },
          ...choices.data.leaders.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${unit[language]}` })),
        ]}
      />
    </Form>
  );
}

export function ReviewForm({ item }: FormProps) {
  const { say, rpc, id, onSuccess, words } = useForm();
  const write = useMutation(rpc.review.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ words: "" }}
      submitLabel={say("review.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ caseId: item.caseId, reviewId: id, ...values })}
    >
      <TextArea name="words" label={say("review.words")} rows={4} maxLength={2000} required />
    </Form>
  );
}

export function DropForm({ item }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const endCheck = useEndCheck();
  const call = useMutation(rpc.dropCheck.mutationOptions());
  const drop = useMutation({
    mutationFn: async () => {
      await call.mutateAsync({ caseId: item.caseId });
      await endCheck(item.caseId, item.checkUnitId);
    },
    onSuccess,
  });
  return (
    <Form
      initial={{}}
      submitLabel={say("act.drop")}
      busy={drop.isPending}
      error={words(drop.error)}
      onSubmit={() => drop.mutate()}
    >
      <p>{say("drop.means")}</p>
    </Form>
  );
}

export function CheckForm({ item }: FormProps) {
  const { say, rpc, id, today, words } = useForm();
  const { go } = usePage();
  const endCheck = useEndCheck();
  const call = useMutation(rpc.check.mutationOptions());
  const write = useMutation({
    mutationFn: async (found: Parameters<typeof call.mutateAsync>[0]) => {
      await call.mutateAsync(found);
      await endCheck(item.caseId, item.checkUnitId);
    },
    // whoever has said what he found reads the petition no more
    onSuccess: () => go("/to-check", { replace: true }),
  });
  return (
    <Form
      initial={{ interviewedOn: today, kept: false, words: "", result: "" }}
      submitLabel={say("check.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={({ result, ...values }) =>
        write.mutate({ caseId: item.caseId, checkId: id, ok: result === "passed", ...values })
      }
    >
      <DateField name="interviewedOn" label={say("check.interviewedOn")} max={today} required />
      <Tick name="kept" label={say("check.keptTick")} />
      <TextArea name="words" label={say("check.words")} rows={4} maxLength={2000} required />
      <Select
        name="result"
        label={say("check.result")}
        options={(["passed", "failed"] as const).map((value) => ({ value, label: say(`check.say.${value}`) }))}
        required
      />
    </Form>
  );
}

export function StrikeForm({ item }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const write = useMutation(rpc.strikeOff.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ how: "", words: "" }}
      submitLabel={say("strike.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ caseId: item.caseId, words: values.words, how: values.how as Way })}
    >
      <Select
        name="how"
        label={say("strike.how")}
        options={ways.map((value) => ({ value, label: say(`how.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("strike.words")} hint={say("strike.hint")} rows={4} maxLength={2000} required />
    </Form>
  );
}

export function LookForm({ item }: FormProps) {
  const { say, rpc, onSuccess, words } = useForm();
  const write = useMutation(rpc.lookBack.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ holds: "", words: "" }}
      submitLabel={say("look.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ caseId: item.caseId, words: values.words, holds: values.holds === "yes" })}
    >
      <Select
        name="holds"
        label={say("look.holds")}
        options={(["yes", "no"] as const).map((value) => ({ value, label: say(`look.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("look.words")} rows={3} maxLength={1000} required />
    </Form>
  );
}
