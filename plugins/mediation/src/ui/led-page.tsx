import { dayOf } from "@doorstep/sdk";
import {
  Alert,
  DateField,
  EmptyState,
  ErrorState,
  Form,
  formatDate,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { talkKinds } from "../kinds.ts";
import { StateBadge } from "./mediation-story.tsx";
import { useMediation } from "./words.ts";

type Act = (typeof talkKinds)[number] | "settle";
const acts: readonly Act[] = [...talkKinds, "settle"];

/** The mediator's own page of one mediation: talks, proposals and what was agreed on. */
export default function LedPage() {
  const { say, rpc, language } = useMediation();
  const { params } = usePage();
  const errorText = useErrorText();
  const mediationId = params.mediationId ?? "";
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.one.queryOptions({ mediationId }, { staleTime: 0 }));
  const one = found.data;
  return (
    <Screen title={say("led.title")} notice={done}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {one && (
          <>
            <Group gap="sm">
              <Text fw={600}>{one.dispute}</Text>
              <StateBadge state={one.state} />
              {one.untilOn !== null && <Text size="sm">{say("until", { on: formatDate(one.untilOn, language) })}</Text>}
            </Group>
            <p className="ds-hint">{say("led.rules")}</p>
            {one.left && <Alert color="orange">{say("led.left")}</Alert>}
            {one.talks.length === 0 && <EmptyState title={say("led.none")} />}
            <ol>
              {one.talks.map((talk) => (
                <li key={talk.talkId}>
                  {`${formatDate(talk.heldOn, language)} · ${say(`talk.${talk.kind}`)}: ${talk.words}`}
                </li>
              ))}
            </ol>
            {one.terms !== null && <Text>{say("terms", { words: one.terms })}</Text>}
            {one.state === "running" && !one.left && (
              <Next
                key={one.talks.length}
                mediationId={mediationId}
                onDone={() => {
                  setDone(say("led.saved"));
                  void found.refetch();
                }}
              />
            )}
          </>
        )}
      </Stack>
    </Screen>
  );
}

interface NextProps {
  readonly mediationId: string;
  readonly onDone: () => void;
}

function Next(props: NextProps) {
  const { say, rpc, timeZone } = useMediation();
  const errorText = useErrorText();
  const { mediationId, onDone: onSuccess } = props;
  const [act, setAct] = useState<Act | "">("");
  const [talkId] = useState(() => crypto.randomUUID());
  const note = useMutation(rpc.note.mutationOptions({ onSuccess }));
  const settle = useMutation(rpc.settle.mutationOptions({ onSuccess }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const error = note.error ?? settle.error;
  const settles = act === "settle";
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("led.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`talk.${value}`) }))}
      />
      {act !== "" && (
        <Form
          key={act}
          initial={{ words: "", on: today }}
          submitLabel={say("led.save")}
          busy={note.isPending || settle.isPending}
          error={error ? errorText(error) : undefined}
          onSubmit={({ words, on }) => {
            if (act === "settle") settle.mutate({ mediationId, terms: words, performOn: on });
            else note.mutate({ mediationId, talkId, kind: act, heldOn: on, words });
          }}
        >
          <TextArea
            name="words"
            label={say(settles ? "led.terms" : "led.words")}
            hint={say(settles ? "led.termsHint" : "led.wordsHint")}
            rows={4}
            maxLength={2_000}
            required
          />
          <DateField
            name="on"
            label={say(settles ? "led.performOn" : "led.heldOn")}
            {...(settles ? { min: today } : { max: today })}
            required
          />
        </Form>
      )}
    </Stack>
  );
}
