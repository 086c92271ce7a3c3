import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  ErrorState,
  Form,
  RadioCards,
  SearchSelect,
  Skeleton,
  Text,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { WholeMatter } from "./followup-parts.tsx";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

const PROMISES = [1, 2, 3] as const;
/** What a promise is given at first, in days. */
const PROMISE_DAYS = 7;

/** What a step waits for: how the interview went, the circular, the check of a listed matter. */
export function FollowupForms({ matter }: { readonly matter: WholeMatter }) {
  const { say } = useSupervision();
  const { matterId, mayInterview, mayCirculate, mayCheck, mayListAnew, mayRecommend } = matter;
  const forms = [
    mayInterview && { title: say("followup.interview"), form: <InterviewForm matterId={matterId} /> },
    mayCirculate && { title: say("followup.circulate"), form: <CircularForm matterId={matterId} /> },
    mayCheck && { title: say("followup.check"), form: <CheckForm matterId={matterId} /> },
    mayRecommend && { title: say("organ.recommend"), form: <RecommendForm matterId={matterId} /> },
    mayListAnew && { title: say("followup.anew"), form: <AnewForm matter={matter} /> },
  ];
  return forms.map(
    (one) =>
      one && (
        <section key={one.title} aria-label={one.title}>
          <h2>{one.title}</h2>
          {one.form}
        </section>
      ),
  );
}

/** One of the unit and those below it. */
export function LeaderField(props: { readonly name: string; readonly label: string; readonly hint?: string }) {
  const { rpc, language } = useSupervision();
  const errorText = useErrorText();
  const people = useQuery(rpc.people.queryOptions(undefined, { staleTime: 0 }));
  if (people.isError) return <ErrorState title={errorText(people.error)} onRetry={() => void people.refetch()} />;
  const options = (people.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unit[language]}` }));
  return <SearchSelect name={props.name} label={props.label} hint={props.hint} options={options} required />;
}

function InterviewForm({ matterId }: { readonly matterId: string }) {
  const { say, rpc, timeZone } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [interviewId] = useState(() => crypto.randomUUID());
  const write = useMutation(rpc.interview.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const none = Object.fromEntries(
    PROMISES.flatMap((no) => [[`promise${no}`, ""] as const, [`by${no}`, addDays(today, PROMISE_DAYS)] as const]),
  );
  return (
    <Form<Record<string, string>>
      initial={{ leaderId: "", secondId: "", heldOn: today, points: "", ...none }}
      submitLabel={say("followup.send")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={({ leaderId = "", secondId = "", heldOn = "", points = "", ...values }) => {
        const promises = PROMISES.map((no) => ({
          words: values[`promise${no}`] ?? "",
          dueOn: values[`by${no}`] ?? "",
        }));
        const said = promises.filter((one) => one.words !== "");
        write.mutate({ matterId, interviewId, leaderId, secondId, heldOn, points, promises: said });
      }}
    >
      <LeaderField name="leaderId" label={say("followup.leader")} hint={say("followup.leaderHint")} />
      <LeaderField name="secondId" label={say("followup.second")} />
      <DateField name="heldOn" label={say("followup.heldOn")} max={today} required />
      <TextArea name="points" label={say("followup.points")} rows={4} maxLength={2000} required />
      {PROMISES.map((no) => (
        <div key={no}>
          <TextField name={`promise${no}`} label={say("followup.promise", { no })} maxLength={500} required={false} />
          <DateField name={`by${no}`} label={say("followup.promiseOn", { no })} min={today} required={false} />
        </div>
      ))}
    </Form>
  );
}

function CircularForm({ matterId }: { readonly matterId: string }) {
  const { say, rpc, language } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [circularId] = useState(() => crypto.randomUUID());
  const circle = useQuery(rpc.circle.queryOptions({ matterId }, { staleTime: 0 }));
  const send = useMutation(rpc.circulate.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  if (circle.isError) return <ErrorState title={errorText(circle.error)} onRetry={() => void circle.refetch()} />;
  if (!circle.data) return <Skeleton lines={3} />;
  const ticked = Object.fromEntries(circle.data.map((one) => [one.id, one.concerned] as const));
  return (
    <Form<Record<string, string | boolean>>
      initial={{ title: "", words: "", ...ticked }}
      submitLabel={say("followup.circularSend")}
      busy={send.isPending}
      error={send.isError ? errorText(send.error) : undefined}
      onSubmit={({ title, words, ...units }) =>
        send.mutate({
          ...{ matterId, circularId, title: String(title), words: String(words) },
          units: circle.data.flatMap(({ id }) => (units[id] === true ? [id] : [])),
        })
      }
    >
      <TextField name="title" label={say("followup.circularTitle")} maxLength={200} required />
      <TextArea
        name="words"
        label={say("followup.circularWords")}
        hint={say("followup.circularHint")}
        rows={4}
        maxLength={2000}
        required
      />
      <fieldset>
        <legend>{say("followup.circle")}</legend>
        {circle.data.map(({ id, name, concerned }) => (
          <Tick
            key={id}
            name={id}
            label={concerned ? say("followup.concerned", { unit: name[language] }) : name[language]}
          />
        ))}
      </fieldset>
    </Form>
  );
}

function CheckForm({ matterId }: { readonly matterId: string }) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const check = useMutation(rpc.checkListed.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <WordsForm
      label={say("followup.found")}
      submitLabel={say("followup.checkSend")}
      busy={check.isPending}
      error={check.isError ? errorText(check.error) : undefined}
      more={{ passed: "" }}
      onSubmit={(found, { passed }) => check.mutate({ matterId, passed: passed === "passed", found })}
    >
      <RadioCards
        name="passed"
        label={say("followup.checkResult")}
        cards={(["passed", "notPassed"] as const).map((value) => ({ value, label: say(`followup.${value}`) }))}
        required
      />
    </WordsForm>
  );
}

function AnewForm({ matter }: { readonly matter: WholeMatter }) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const anew = useMutation(rpc.listAnew.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <WordsForm
      label={say("followup.anewWords")}
      submitLabel={say("followup.anew")}
      busy={anew.isPending}
      error={anew.isError ? errorText(anew.error) : undefined}
      more={{ words: matter.steps.at(-1)?.words ?? "", leaderId: "" }}
      onSubmit={(words, { leaderId = "" }) => anew.mutate({ matterId: matter.matterId, leaderId, words })}
    >
      <LeaderField name="leaderId" label={say("followup.responsibleLabel")} />
    </WordsForm>
  );
}

/** To the discipline organ: whoever sends it cannot read it back, and the matter keeps nothing of it. */
function RecommendForm({ matterId }: { readonly matterId: string }) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const [recordId] = useState(() => crypto.randomUUID());
  const send = useMutation(rpc.recommendAccountability.mutationOptions());
  if (send.isSuccess) return <Text role="status">{say("organ.handed")}</Text>;
  return (
    <WordsForm
      label={say("organ.recommendWords")}
      hint={say("organ.recommendHint")}
      submitLabel={say("organ.recommendSend")}
      busy={send.isPending}
      error={send.isError ? errorText(send.error) : undefined}
      onSubmit={(words) => send.mutate({ matterId, recordId, words })}
    />
  );
}
