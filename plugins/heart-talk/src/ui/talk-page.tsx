import {
  Alert,
  Button,
  DateField,
  ErrorState,
  Form,
  formatDate,
  formatInstant,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { NoteForm } from "./note-form.tsx";
import { SignedOut } from "./signed-out.tsx";
import { otherTalkers, talkerLabel } from "./talkers.ts";
import { meetingOf, noTime, TimeFields, type TimeValues } from "./time-fields.tsx";
import { useTalks } from "./words.ts";

const isOpen = (state: string): boolean => state === "asked" || state === "offered" || state === "fixed";

/** One talk, for either of the two: its time, its note, its promises, and what is to be done next. */
export default function TalkPage() {
  const { params } = usePage();
  const { user } = useTalks();
  const talkId = params.talkId ?? "";
  return user ? <Talk talkId={talkId} /> : <SignedOut to={`/p/heart-talk/t/${talkId}`} />;
}

function useTalk(talkId: string) {
  const { rpc } = useTalks();
  return useQuery(rpc.one.queryOptions({ talkId }, { staleTime: 0 }));
}
type View = NonNullable<ReturnType<typeof useTalk>["data"]>;

interface PartProps {
  readonly view: View;
  readonly onDone: () => void;
}

function Talk(props: { readonly talkId: string }) {
  const { say } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const [done, setDone] = useState<string>();
  const talk = useTalk(props.talkId);
  const view = talk.data;
  const title = view ? say("person.title", { name: view.with ?? say("someone") }) : say("title");
  const onDone = () => {
    setDone(say("talk.done"));
    void talk.refetch();
  };
  const parts = { onDone };
  return (
    <Screen title={title} notice={done}>
      <Stack gap="lg">
        {talk.isPending && <Skeleton lines={5} />}
        {talk.isError && <ErrorState title={errorText(talk.error)} onRetry={() => void talk.refetch()} />}
        {view && (
          <>
            <Facts view={view} />
            {isOpen(view.state) && view.side === "person" && <Answer view={view} {...parts} />}
            {isOpen(view.state) && view.side === "talker" && <Arrange view={view} {...parts} />}
            {view.noteNo > 0 && <Agreed key={view.noteNo} view={view} {...parts} />}
            {view.side === "person" && (view.state === "held" || view.state === "settled") && (
              <section className="ds-panel">
                <Title order={2}>{say("talk.petition")}</Title>
                <p>{say("talk.petitionNote")}</p>
                <Button variant="default" onClick={() => go("/petition")}>
                  {say("talk.toPetition")}
                </Button>
              </section>
            )}
          </>
        )}
        <p className="ds-hint">{say("privacy")}</p>
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

function Facts(props: { readonly view: View }) {
  const { say, language } = useTalks();
  const { view } = props;
  const rows: readonly (readonly [string, string])[] = [
    [say("talk.why"), say(`occasion.${view.occasion}`)],
    ...(view.wish === "" ? [] : [[say("talk.wish"), view.wish] as const]),
    ...(view.wishTime === "" ? [] : [[say("talk.wishTime"), view.wishTime] as const]),
    ...(view.startsAt === null ? [] : [[say("talk.when"), formatInstant(view.startsAt, language)] as const]),
    ...(view.place === "" ? [] : [[say("talk.where"), view.place] as const]),
    ...(view.byPhone ? [[say("talk.phone"), "✓"] as const] : []),
    view.heldOn === null
      ? [say("talk.dueOn"), formatDate(view.dueOn, language)]
      : [say("talk.heldOn"), formatDate(view.heldOn, language)],
  ];
  return (
    <section className="ds-panel">
      <p>
        <strong>{say(`state.${view.state}`)}</strong>
      </p>
      <dl className="ds-summary">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What whoever is asked may say: yes, not this time, or rather another talker. */
function Answer(props: PartProps) {
  const { say, rpc } = useTalks();
  const errorText = useErrorText();
  const { view, onDone } = props;
  const { talkId } = view;
  const mine = useQuery(rpc.mine.queryOptions());
  const [chooses, setChooses] = useState(false);
  const answer = useMutation(rpc.answer.mutationOptions({ onSuccess: onDone }));
  const onChosen = () => {
    setChooses(false);
    onDone();
  };
  const choose = useMutation(rpc.choose.mutationOptions({ onSuccess: onChosen }));
  const others = otherTalkers(mine.data?.talkers ?? [], view.talkerId);
  return (
    <section>
      <Stack gap="md">
        {answer.isError && (
          <Alert color="red" role="alert">
            {errorText(answer.error)}
          </Alert>
        )}
        <Group>
          {view.state === "offered" && (
            <Button loading={answer.isPending} onClick={() => answer.mutate({ talkId, accept: true })}>
              {say("talk.accept")}
            </Button>
          )}
          <Button variant="default" onClick={() => answer.mutate({ talkId, accept: false })}>
            {say(view.askedByPerson ? "talk.takeBack" : "talk.decline")}
          </Button>
          {others.length > 0 && !chooses && (
            <Button variant="default" onClick={() => setChooses(true)}>
              {say("talk.other")}
            </Button>
          )}
        </Group>
        {!view.askedByPerson && <Text className="ds-hint">{say("talk.declineNote")}</Text>}
        {chooses && (
          <Form
            initial={{ talkerId: "" }}
            submitLabel={say("talk.choose")}
            busy={choose.isPending}
            error={choose.isError ? errorText(choose.error) : undefined}
            onSubmit={({ talkerId }) => choose.mutate({ talkId, talkerId })}
          >
            <Select
              name="talkerId"
              label={say("ask.who")}
              options={others.map((one) => ({ value: one.id, label: talkerLabel(one) }))}
              required
            />
          </Form>
        )}
      </Stack>
    </section>
  );
}

/** What the talker does: names a time, takes an offer back, or writes down what both agree on. */
function Arrange(props: PartProps) {
  const { say, rpc, user } = useTalks();
  const errorText = useErrorText();
  const { view, onDone } = props;
  const { talkId } = view;
  const [doing, setDoing] = useState<"time" | "note" | undefined>(view.state === "asked" ? "time" : undefined);
  const onArranged = () => {
    setDoing(undefined);
    onDone();
  };
  const arrange = useMutation(rpc.arrange.mutationOptions({ onSuccess: onArranged }));
  const callOff = useMutation(rpc.callOff.mutationOptions({ onSuccess: onDone }));
  const held = useMutation(rpc.held.mutationOptions({ onSuccess: onDone }));
  const zone = user?.timeZone ?? "UTC";
  return (
    <section>
      <Stack gap="md">
        {callOff.isError && (
          <Alert color="red" role="alert">
            {errorText(callOff.error)}
          </Alert>
        )}
        <Group>
          {doing !== "note" && <Button onClick={() => setDoing("note")}>{say("talk.write")}</Button>}
          {doing !== "time" && (
            <Button variant="default" onClick={() => setDoing("time")}>
              {say(view.startsAt ? "talk.again" : "talk.arrange")}
            </Button>
          )}
          {!view.askedByPerson && (
            <Button variant="default" onClick={() => callOff.mutate({ talkId })}>
              {say("talk.callOff")}
            </Button>
          )}
        </Group>
        {doing === "time" && (
          <Form<TimeValues>
            initial={noTime}
            submitLabel={say("talk.arrange")}
            busy={arrange.isPending}
            error={arrange.isError ? errorText(arrange.error) : undefined}
            onSubmit={(values) => arrange.mutate({ talkId, ...meetingOf(values, zone) })}
          >
            <TimeFields />
          </Form>
        )}
        {doing === "note" && (
          <NoteForm
            submitLabel={say("talk.save")}
            busy={held.isPending}
            error={held.isError ? errorText(held.error) : undefined}
            more={{ heldOn: "" }}
            onSubmit={(note, { heldOn = "" }) =>
              held.mutate({ talkId, heldOn, needs: [...note.needs], promises: [...note.promises] })
            }
          >
            <DateField name="heldOn" label={say("talk.heldOn")} required />
          </NoteForm>
        )}
      </Stack>
    </section>
  );
}

/** The note: read, changed, agreed on by both; then its promises. */
function Agreed(props: PartProps) {
  const { say, rpc, language } = useTalks();
  const errorText = useErrorText();
  const { view, onDone } = props;
  const { talkId, noteNo } = view;
  const [changes, setChanges] = useState(false);
  const agree = useMutation(rpc.agree.mutationOptions({ onSuccess: onDone }));
  const rewrite = useMutation(rpc.rewrite.mutationOptions({ onSuccess: onDone }));
  const confirm = useMutation(rpc.confirm.mutationOptions({ onSuccess: onDone }));
  const markDone = useMutation(rpc.promiseDone.mutationOptions({ onSuccess: onDone }));
  const failed = [agree, confirm, markDone].find((one) => one.isError);
  const isHeld = view.state === "held";
  const isSettled = view.state === "settled";
  return (
    <section className="ds-panel">
      <Stack gap="md">
        <Title order={2}>{say("talk.noteTitle")}</Title>
        <ul>
          {view.needs.map((need) => (
            <li key={need}>{need}</li>
          ))}
          {view.promises.map((promise) => (
            <li key={promise.promiseId}>
              {say("talk.promiseLine", { words: promise.words, date: formatDate(promise.dueOn, language) })}
              {isSettled && (
                <Group gap="sm">
                  <Text size="sm">
                    {promise.state === "done" && view.side === "talker"
                      ? say("talk.promiseDoneTalker")
                      : say(`talk.promiseState.${promise.state}`)}
                  </Text>
                  {view.side === "talker" && promise.state === "open" && (
                    <Button
                      variant="default"
                      onClick={() => markDone.mutate({ promiseId: promise.promiseId })}
                      aria-label={`${say("talk.markDone")} ${promise.words}`}
                    >
                      {say("talk.markDone")}
                    </Button>
                  )}
                  {view.side === "person" && promise.state === "done" && (
                    <>
                      <Button
                        onClick={() => confirm.mutate({ promiseId: promise.promiseId, kept: true })}
                        aria-label={`${say("talk.kept")} ${promise.words}`}
                      >
                        {say("talk.kept")}
                      </Button>
                      <Button
                        variant="default"
                        onClick={() => confirm.mutate({ promiseId: promise.promiseId, kept: false })}
                        aria-label={`${say("talk.notKept")} ${promise.words}`}
                      >
                        {say("talk.notKept")}
                      </Button>
                    </>
                  )}
                </Group>
              )}
            </li>
          ))}
        </ul>
        {failed && (
          <Alert color="red" role="alert">
            {errorText(failed.error)}
          </Alert>
        )}
        {isHeld && !changes && (
          <Group>
            {view.iAgree ? (
              <Text>{say("talk.youAgreed")}</Text>
            ) : (
              <Button loading={agree.isPending} onClick={() => agree.mutate({ talkId, noteNo })}>
                {say("talk.agree")}
              </Button>
            )}
            <Button variant="default" onClick={() => setChanges(true)}>
              {say("talk.rewrite")}
            </Button>
          </Group>
        )}
        {isHeld && changes && (
          <NoteForm
            note={view}
            submitLabel={say("talk.propose")}
            busy={rewrite.isPending}
            error={rewrite.isError ? errorText(rewrite.error) : undefined}
            secondary={
              <Button variant="default" onClick={() => setChanges(false)}>
                {say("talk.cancel")}
              </Button>
            }
            onSubmit={(note) =>
              rewrite.mutate({ talkId, noteNo, needs: [...note.needs], promises: [...note.promises] })
            }
          />
        )}
      </Stack>
    </section>
  );
}
