import { dayOf, instantAt } from "@doorstep/sdk";
import {
  Alert,
  Button,
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
  TextField,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type MeetingKind, meetingKinds, talkKinds } from "../kinds.ts";
import { Agreed } from "./agreed.tsx";
import { StateBadge } from "./mediation-story.tsx";
import { Meetings } from "./meetings.tsx";
import { useMediation } from "./words.ts";

type Act = "meet" | (typeof talkKinds)[number] | "settle";
const acts: readonly Act[] = ["meet", ...talkKinds, "settle"];

/** The mediator's own page of one mediation: talks, proposals and what was agreed on. */
export default function LedPage() {
  const { say, rpc, language, timeZone } = useMediation();
  const { params } = usePage();
  const errorText = useErrorText();
  const mediationId = params.mediationId ?? "";
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.one.queryOptions({ mediationId }, { staleTime: 0 }));
  const callOff = useMutation(rpc.callOff.mutationOptions({ onSuccess: () => void found.refetch() }));
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
              {one.state === "running" && one.untilOn !== null && (
                <Text size="sm">{say("until", { on: formatDate(one.untilOn, language) })}</Text>
              )}
            </Group>
            <p className="ds-hint">{say("led.rules")}</p>
            {one.left && <Alert color="orange">{say("led.left")}</Alert>}
            <Meetings
              meetings={one.meetings}
              timeZone={timeZone}
              act={({ meetingId, startsAt }) =>
                Date.parse(startsAt) > Date.now() && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    loading={callOff.isPending}
                    onClick={() => callOff.mutate({ meetingId })}
                  >
                    {say("meeting.callOff")}
                  </Button>
                )
              }
            />
            {callOff.isError && (
              <Alert color="red" role="alert">
                {errorText(callOff.error)}
              </Alert>
            )}
            {one.talks.length === 0 && <EmptyState title={say("led.none")} />}
            <ol>
              {one.talks.map((talk) => (
                <li key={talk.talkId}>
                  {`${formatDate(talk.heldOn, language)} · ${say(`talk.${talk.kind}`)}: ${talk.words}`}
                </li>
              ))}
            </ol>
            <Agreed of={{ terms: one.terms, performOn: one.performOn, courtUntil: null }} />
            {one.state === "running" && !one.left && (
              <Next
                key={`${one.talks.length} ${one.meetings.length}`}
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
      {act === "meet" && <Meet mediationId={mediationId} onDone={onSuccess} />}
      {act !== "" && act !== "meet" && (
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

function Meet(props: NextProps) {
  const { say, rpc, timeZone } = useMediation();
  const errorText = useErrorText();
  const { mediationId, onDone: onSuccess } = props;
  const [meetingId] = useState(() => crypto.randomUUID());
  const meet = useMutation(rpc.meet.mutationOptions({ onSuccess }));
  return (
    <Form<{ readonly kind: MeetingKind | ""; readonly on: string; readonly time: string; readonly place: string }>
      initial={{ kind: "", on: "", time: "", place: "" }}
      submitLabel={say("led.save")}
      busy={meet.isPending}
      error={meet.isError ? errorText(meet.error) : undefined}
      onSubmit={({ kind, on, time, place }) => {
        if (kind !== "") meet.mutate({ mediationId, meetingId, kind, startsAt: instantAt(on, time, timeZone), place });
      }}
    >
      <RadioCards
        name="kind"
        label={say("talk.meet")}
        cards={meetingKinds.map((value) => ({ value, label: say(`meeting.${value}`) }))}
        required
      />
      <DateField name="on" label={say("meeting.on")} min={dayOf(new Date().toISOString(), timeZone)} required />
      <TextField name="time" type="time" label={say("meeting.time")} required />
      <TextField name="place" label={say("meeting.place")} hint={say("meeting.placeHint")} maxLength={100} required />
    </Form>
  );
}
