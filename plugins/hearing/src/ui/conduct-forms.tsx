import { Form, RadioCards, TextArea, TextField, useErrorText, useMutation } from "@doorstep/sdk/ui";
import type { HearingView } from "./hearing-view.ts";
import { useHearing } from "./words.ts";

export interface ActFormProps {
  readonly one: HearingView;
  readonly onDone: () => void;
}

/** An application is turned down, or a hearing called off: the petitioner reads why. */
export function WhyForm(props: ActFormProps & { readonly act: "turnDown" | "callOff" }) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const { hearingId } = props.one;
  const send = useMutation(rpc[props.act].mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form
      initial={{ reason: "" }}
      submitLabel={say("conduct.confirm")}
      busy={send.isPending}
      error={send.isError ? errorText(send.error) : undefined}
      onSubmit={({ reason }) => send.mutate({ hearingId, reason })}
    >
      <TextArea name="reason" label={say("why.label")} hint={say("why.hint")} rows={3} maxLength={1_000} required />
    </Form>
  );
}

/** The notice, while nobody has signed it. */
export function AnewForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const write = useMutation(rpc.writeAnew.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{
        ...{ subject: one.subject ?? "", startsAt: one.startsAt ?? "", place: one.place ?? "" },
        attendants: one.attendants ?? "",
      }}
      submitLabel={say("anew.send")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={(values) => write.mutate({ hearingId: one.hearingId, ...values })}
    >
      <TextArea name="subject" label={say("call.subject")} rows={2} maxLength={300} required />
      <TextField name="startsAt" type="time" label={say("call.startsAt")} required />
      <TextField name="place" label={say("call.place")} maxLength={120} required />
      <TextField name="attendants" label={say("call.attendants")} maxLength={300} required={false} />
    </Form>
  );
}

/** A leader decides whether somebody leaves the panel. */
export function RecusalForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const decide = useMutation(rpc.decideRecusal.mutationOptions({ onSuccess }));
  const asked = one.recusals.filter((each) => each.mayDecide);
  const nameOf = (personId: string) => one.panel.find((each) => each.personId === personId)?.name ?? "";
  return (
    <Form
      initial={{
        recusalId: asked.length === 1 ? (asked[0]?.recusalId ?? "") : "",
        granted: "" as "yes" | "no" | "",
        reason: "",
      }}
      submitLabel={say("conduct.confirm")}
      busy={decide.isPending}
      error={decide.isError ? errorText(decide.error) : undefined}
      onSubmit={({ recusalId, granted, reason }) => decide.mutate({ recusalId, granted: granted === "yes", reason })}
    >
      <RadioCards
        name="recusalId"
        label={say("recusal.which")}
        cards={asked.map(({ recusalId, personId, why }) => ({ value: recusalId, label: nameOf(personId), note: why }))}
        required
      />
      <RadioCards
        name="granted"
        label={say("recusal.answer")}
        cards={(["yes", "no"] as const).map((value) => ({ value, label: say(`recusal.say.${value}`) }))}
        required
      />
      <TextArea name="reason" label={say("why.label")} rows={2} maxLength={500} required />
    </Form>
  );
}

/** Record, signatures and conclusion go into the file, and the petition goes on. */
export function TakeUpForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const take = useMutation(rpc.takeUp.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{}}
      submitLabel={say("takeUp.send")}
      busy={take.isPending}
      error={take.isError ? errorText(take.error) : undefined}
      onSubmit={() => take.mutate({ hearingId: one.hearingId })}
    >
      <p>{say("takeUp.means")}</p>
    </Form>
  );
}
