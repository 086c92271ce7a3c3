import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  Form,
  formatDate,
  RadioCards,
  Select,
  TextArea,
  TextField,
  useErrorText,
  useMutation,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { AffairView, LetterView } from "./affair-view.ts";
import { HelperField } from "./helper-field.tsx";
import { useLiaison } from "./words.ts";

interface ActProps {
  readonly affairId: string;
  readonly onDone: () => void;
}

const outcomes = ["goesOn", "confirmed", "notWanted"] as const;

/** The word to the petitioner. */
export function TellForm(props: ActProps) {
  const { say, rpc } = useLiaison();
  const errorText = useErrorText();
  const tell = useMutation(rpc.tell.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form<{ readonly said: string; readonly outcome: (typeof outcomes)[number] }>
      initial={{ said: "", outcome: "goesOn" }}
      submitLabel={say("tell.send")}
      busy={tell.isPending}
      error={tell.isError ? errorText(tell.error) : undefined}
      onSubmit={(word) => tell.mutate({ affairId: props.affairId, ...word })}
    >
      <TextArea name="said" label={say("tell.said")} hint={say("tell.hint")} rows={4} maxLength={1000} required />
      <RadioCards
        name="outcome"
        label={say("tell.outcome")}
        cards={outcomes.map((value) => ({ value, label: say(`tell.${value}`) }))}
      />
    </Form>
  );
}

/** The day of a yes in person, unless the petitioner has said no since; without one it is for the helper to say, never for the form. */
const yesThatStands = ({ agreedOn }: LetterView, consent: AffairView["consent"]): string =>
  (consent?.state === "refused" || consent?.state === "withdrawn") && agreedOn <= consent.on ? "" : agreedOn;

/** A letter to a local office, or the one that nobody has signed, anew. */
export function LetterForm(
  props: ActProps & { readonly before: LetterView | undefined; readonly consent: AffairView["consent"] },
) {
  const { say, rpc, timeZone, language } = useLiaison();
  const errorText = useErrorText();
  const { before, affairId, consent } = props;
  const given = consent?.state === "given" ? consent : null;
  const [newId] = useState(() => crypto.randomUUID());
  const write = useMutation(rpc.write.mutationOptions({ onSuccess: props.onDone }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const { office = "", facts = "", request = "", wishedOn } = before ?? {};
  const agreedOn = before ? yesThatStands(before, consent) : "";
  return (
    <Form
      initial={{ office, facts, request, wishedOn: wishedOn ?? "", agreedOn }}
      submitLabel={say("write.send")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={({ wishedOn: wished, agreedOn: agreed, ...what }) =>
        write.mutate({
          ...{ affairId, letterId: before?.letterId ?? newId },
          ...{ ...what, wishedOn: wished === "" ? null : wished, agreedOn: given ? null : agreed },
        })
      }
    >
      <TextField name="office" label={say("write.office")} maxLength={100} required />
      <TextArea
        name="facts"
        label={say("write.facts")}
        hint={say("write.factsHint")}
        rows={4}
        maxLength={2000}
        required
      />
      <TextArea name="request" label={say("write.request")} rows={3} maxLength={1000} required />
      {given ? (
        <p>{say("consent.given", { on: formatDate(given.on, language) })}</p>
      ) : (
        <DateField name="agreedOn" label={say("write.agreedOn")} hint={say("write.agreedHint")} max={today} required />
      )}
      <DateField name="wishedOn" label={say("write.wishedOn")} min={addDays(today, 1)} required={false} />
    </Form>
  );
}

/** The petitioner is asked on the page of his matter. */
export function ConsentForm(props: ActProps) {
  const { say, rpc } = useLiaison();
  const errorText = useErrorText();
  const ask = useMutation(rpc.askConsent.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form
      initial={{}}
      submitLabel={say("consent.send")}
      busy={ask.isPending}
      error={ask.isError ? errorText(ask.error) : undefined}
      onSubmit={() => ask.mutate({ affairId: props.affairId })}
    >
      <p>{say("consent.means")}</p>
    </Form>
  );
}

/** What an office has answered. */
export function AnswerForm(props: ActProps & { readonly sent: readonly LetterView[] }) {
  const { say, rpc, timeZone } = useLiaison();
  const errorText = useErrorText();
  const answered = useMutation(rpc.answered.mutationOptions({ onSuccess: props.onDone }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const [only, ...others] = props.sent;
  return (
    <Form
      initial={{ letterId: others.length === 0 ? (only?.letterId ?? "") : "", answer: "", answeredOn: today }}
      submitLabel={say("answered.send")}
      busy={answered.isPending}
      error={answered.isError ? errorText(answered.error) : undefined}
      onSubmit={(given) => answered.mutate(given)}
    >
      <Select
        name="letterId"
        label={say("answered.office")}
        options={props.sent.map((one) => ({ value: one.letterId, label: one.office }))}
        required
      />
      <TextArea name="answer" label={say("answered.words")} rows={4} maxLength={2000} required />
      <DateField name="answeredOn" label={say("answered.on")} max={today} required />
    </Form>
  );
}

/** Somebody else stays with it. */
export function HandOverForm(props: ActProps) {
  const { say, rpc } = useLiaison();
  const errorText = useErrorText();
  const handOver = useMutation(rpc.handOver.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form
      initial={{ helperId: "" }}
      submitLabel={say("handOver.send")}
      busy={handOver.isPending}
      error={handOver.isError ? errorText(handOver.error) : undefined}
      onSubmit={({ helperId }) => handOver.mutate({ affairId: props.affairId, helperId })}
    >
      <HelperField />
    </Form>
  );
}
