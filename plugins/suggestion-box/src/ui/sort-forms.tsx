import {
  Alert,
  Button,
  Form,
  RadioCards,
  Stack,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
} from "@doorstep/sdk/ui";
import { type Outcome, otherPurposes, outcomes } from "../outcomes.ts";
import { useBox } from "./words.ts";

/** What the forms need of a suggestion. */
export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly board: { readonly title: string; readonly text: string } | null;
  readonly others: readonly { readonly id: string; readonly title: string }[];
}
interface FormProps {
  readonly one: Shown;
  readonly onDone: () => void;
}

/** Makes one petition of it and of others like it. */
export function StudyForm({ one, onDone }: FormProps) {
  const { say, rpc } = useBox();
  const errorText = useErrorText();
  const study = useMutation(rpc.study.mutationOptions({ onSuccess: onDone }));
  const initial: Record<string, string | boolean> = { title: one.title, body: one.body };
  return (
    <Form
      initial={initial}
      submitLabel={say("sort.study")}
      busy={study.isPending}
      error={study.isError ? errorText(study.error) : undefined}
      onSubmit={(values) =>
        study.mutate({
          ...{ id: one.id, title: String(values.title), body: String(values.body) },
          withIds: one.others.map((other) => other.id).filter((id) => values[id] === true),
        })
      }
    >
      <TextField name="title" label={say("sort.title")} required maxLength={120} />
      <TextArea name="body" label={say("sort.body")} required rows={8} maxLength={20_000} />
      {one.others.length > 0 && (
        <fieldset className="ds-cards">
          <legend className="ds-legend">{say("sort.together")}</legend>
          <Stack gap="sm">
            {one.others.map((other) => (
              <Tick key={other.id} name={other.id} label={other.title} />
            ))}
          </Stack>
        </fieldset>
      )}
    </Form>
  );
}

/** As everybody will read it: names and places can be left out. */
export function ShowForm({ one, onDone }: FormProps) {
  const { say, rpc } = useBox();
  const errorText = useErrorText();
  const show = useMutation(rpc.show.mutationOptions({ onSuccess: onDone }));
  return (
    <Form
      initial={one.board ?? { title: one.title, text: one.body }}
      submitLabel={say("sort.show")}
      busy={show.isPending}
      error={show.isError ? errorText(show.error) : undefined}
      onSubmit={(board) => show.mutate({ id: one.id, board })}
    >
      <TextField name="title" label={say("sort.title")} required maxLength={120} />
      <TextArea
        name="text"
        label={say("sort.boardText")}
        hint={say("sort.boardHint")}
        required
        rows={6}
        maxLength={5000}
      />
    </Form>
  );
}

export function TakeOff({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { say, rpc } = useBox();
  const errorText = useErrorText();
  const show = useMutation(rpc.show.mutationOptions({ onSuccess: onDone }));
  return (
    <Stack>
      {show.isError && (
        <Alert color="red" role="alert">
          {errorText(show.error)}
        </Alert>
      )}
      <div>
        <Button loading={show.isPending} onClick={() => show.mutate({ id, board: null })}>
          {say("sort.takeOff")}
        </Button>
      </div>
    </Stack>
  );
}

/** What is no suggestion goes on word for word. */
export function PassOnForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { say, rpc } = useBox();
  const errorText = useErrorText();
  const passOn = useMutation(rpc.passOn.mutationOptions({ onSuccess: onDone }));
  const initial: {
    readonly purpose: (typeof otherPurposes)[number] | "";
    readonly concernsLeader: boolean;
    readonly urgentSafety: boolean;
  } = { purpose: "", concernsLeader: false, urgentSafety: false };
  return (
    <Form
      initial={initial}
      submitLabel={say("sort.passOn")}
      busy={passOn.isPending}
      error={passOn.isError ? errorText(passOn.error) : undefined}
      onSubmit={({ purpose, ...rest }) => {
        if (purpose !== "") passOn.mutate({ id, purpose, ...rest });
      }}
    >
      <RadioCards
        name="purpose"
        label={say("sort.purpose")}
        cards={otherPurposes.map((value) => ({ value, label: say(`sort.purposes.${value}`) }))}
        required
      />
      <Tick name="concernsLeader" label={say("sort.concernsLeader")} />
      <Tick name="urgentSafety" label={say("sort.urgentSafety")} />
    </Form>
  );
}

/** What came of it. */
export function AnswerForm({ one, onDone }: FormProps) {
  const { say, rpc } = useBox();
  const errorText = useErrorText();
  const answer = useMutation(rpc.answer.mutationOptions({ onSuccess: onDone }));
  const initial: { readonly title: string; readonly outcome: Outcome | ""; readonly words: string } = {
    title: one.board?.title ?? one.title,
    outcome: "",
    words: "",
  };
  return (
    <Form
      initial={initial}
      submitLabel={say("sort.publish")}
      busy={answer.isPending}
      error={answer.isError ? errorText(answer.error) : undefined}
      onSubmit={({ outcome, ...rest }) => {
        if (outcome !== "") answer.mutate({ id: one.id, outcome, ...rest });
      }}
    >
      <TextField name="title" label={say("sort.title")} required maxLength={120} />
      <RadioCards
        name="outcome"
        label={say("sort.outcome")}
        cards={outcomes.map((value) => ({ value, label: say(`outcomes.${value}`) }))}
        required
      />
      <TextArea
        name="words"
        label={say("sort.answer")}
        hint={say("sort.answerHint")}
        required
        rows={6}
        maxLength={5000}
      />
    </Form>
  );
}
