import { instantAt } from "@doorstep/sdk";
import { DateField, Form, RadioCards, Screen, TextField, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { PersonField } from "./person-field.tsx";
import { useReception } from "./words.ts";

interface Values {
  readonly kind: "reception" | "goingDown";
  readonly leaderId: string;
  readonly post: string;
  readonly portfolio: string;
  readonly place: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

const empty: Values = {
  kind: "reception",
  leaderId: "",
  post: "",
  portfolio: "",
  place: "",
  day: "",
  from: "",
  to: "",
};

/** Makes a day public: name, post, what he is in charge of, place and time. */
export default function PublishPage() {
  const { say, rpc, user } = useReception();
  const { go } = usePage();
  const errorText = useErrorText();
  const publish = useMutation(rpc.publish.mutationOptions({ onSuccess: () => go("/", { replace: true }) }));
  const zone = user?.timeZone ?? "UTC";
  return (
    <Screen title={say("publish.title")}>
      <p>{say("publish.lead")}</p>
      <Form<Values>
        initial={empty}
        validate={({ from, to }) => (from !== "" && to !== "" && to <= from ? { to: say("publish.toBefore") } : {})}
        submitLabel={say("publish.send")}
        busy={publish.isPending}
        error={publish.isError ? errorText(publish.error) : undefined}
        onSubmit={({ day, from, to, ...what }) =>
          publish.mutate({ ...what, startsAt: instantAt(day, from, zone), endsAt: instantAt(day, to, zone) })
        }
      >
        <RadioCards
          name="kind"
          label={say("publish.kind")}
          cards={(["reception", "goingDown"] as const).map((value) => ({ value, label: say(`kind.${value}`) }))}
        />
        <PersonField name="leaderId" label={say("publish.leader")} hint={say("publish.leaderHint")} required />
        <TextField name="post" label={say("publish.post")} required maxLength={60} />
        <TextField name="portfolio" label={say("publish.portfolio")} maxLength={120} />
        <TextField name="place" label={say("publish.place")} required maxLength={80} />
        <DateField name="day" label={say("publish.day")} required />
        <div className="ds-row">
          <TextField name="from" type="time" label={say("publish.from")} required />
          <TextField name="to" type="time" label={say("publish.to")} required />
        </div>
      </Form>
    </Screen>
  );
}
