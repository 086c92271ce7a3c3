import {
  Button,
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Select,
  Skeleton,
  Stack,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { anonymities, type purposes } from "../purposes.ts";
import { useMailbox } from "./words.ts";

const kinds = ["conscript", "nco", "officer", "civilianStaff", "family", "veteran", "survivor", "citizen"] as const;
const cards = ["solve", "suggest", "ask", "help", "accuse"] as const satisfies typeof purposes;

interface Values {
  readonly purpose: (typeof purposes)[number];
  readonly about: "yes" | "no";
  readonly title: string;
  readonly body: string;
  readonly desiredOutcome: string;
  readonly anonymity: (typeof anonymities)[number];
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly contact: string;
  readonly urgentSafety: boolean;
}

interface Sent {
  readonly caseNo: string;
  readonly returnCode: string;
  readonly unit: Readonly<Record<"zh-CN" | "en", string>>;
  readonly delivered: boolean;
}

/** A letter to one leader, and the receipt. */
export default function WritePage() {
  const { say, rpc } = useMailbox();
  const { params } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.mailboxes.queryOptions());
  const [sent, setSent] = useState<Sent | null>(null);
  const to = found.data?.mailboxes.find((one) => one.mailboxId === params.mailboxId);
  if (sent) return <Receipt sent={sent} />;
  return (
    <Screen title={to ? say("write.title", { post: to.post, leader: to.leader }) : say("title")}>
      {found.isPending && <Skeleton lines={6} />}
      {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && !to && <ErrorState title={say("list.empty")} onRetry={() => void found.refetch()} />}
      {to && <Letter mailboxId={to.mailboxId} anonymous={found.data?.anonymous !== false} onSent={setSent} />}
    </Screen>
  );
}

interface LetterProps {
  readonly mailboxId: string;
  readonly anonymous: boolean;
  readonly onSent: (sent: Sent) => void;
}

function Letter({ mailboxId, anonymous, onSent }: LetterProps) {
  const { say, rpc, user } = useMailbox();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const [by, setBy] = useState("");
  const write = useMutation(rpc.write.mutationOptions({ onSuccess: onSent }));
  // nothing is chosen for anybody; the form refuses to send what is missing
  const initial = {
    ...{ purpose: "", about: "", title: "", body: "", desiredOutcome: "", anonymity: "", urgentSafety: false },
    ...{ name: user?.name ?? "", kind: "", contact: "" },
  } as unknown as Values;
  const ways = anonymities.filter((one) => one !== "anonymous" || anonymous);
  return (
    <Stack gap="lg">
      <p className="ds-panel ds-panel-warn">{say("write.secret")}</p>
      <Form<Values>
        initial={initial}
        submitLabel={say("write.send")}
        busy={write.isPending}
        error={write.isError ? errorText(write.error) : undefined}
        onChange={(values) => setBy(values.anonymity)}
        onSubmit={({ about, name, kind, contact, ...values }) =>
          write.mutate({
            ...{ ...values, mailboxId, key, aboutLeader: about === "yes" },
            person: values.anonymity === "anonymous" ? null : { name, kind, contact },
          })
        }
      >
        <RadioCards
          name="purpose"
          label={say("write.purpose")}
          cards={cards.map((value) => ({
            ...{ value, label: say(`write.purposes.${value}`) },
            ...(value === "accuse" && { note: say("write.accuseNote") }),
          }))}
          required
        />
        <RadioCards
          name="about"
          label={say("write.about")}
          cards={[
            { value: "no", label: say("write.aboutNo") },
            { value: "yes", label: say("write.aboutYes"), note: say("write.aboutYesNote") },
          ]}
          required
        />
        <TextField name="title" label={say("write.subject")} required maxLength={120} />
        <TextArea name="body" label={say("write.body")} required rows={9} maxLength={20_000} />
        <TextArea name="desiredOutcome" label={say("write.wish")} rows={3} maxLength={2_000} />
        <RadioCards
          name="anonymity"
          label={say("write.anonymity")}
          cards={ways.map((value) => ({
            ...{ value, label: say(`write.${value}`) },
            ...(value !== "anonymous" && { note: say(`write.${value}Note`) }),
          }))}
          required
        />
        {by !== "" && by !== "anonymous" && (
          <>
            <TextField name="name" label={say("person.name")} required maxLength={60} />
            <Select
              name="kind"
              label={say("person.kind")}
              options={kinds.map((value) => ({ value, label: say(`person.kinds.${value}`) }))}
              required
            />
            <TextField name="contact" label={say("person.contact")} required maxLength={200} />
          </>
        )}
        <Tick name="urgentSafety" label={say("write.urgent")} />
      </Form>
    </Stack>
  );
}

function Receipt({ sent }: { readonly sent: Sent }) {
  const { say, language } = useMailbox();
  const { go } = usePage();
  return (
    <Screen title={say("write.done")}>
      <Stack gap="lg">
        <p>{sent.delivered ? say("write.delivered") : say("write.passedBy", { unit: sent.unit[language] })}</p>
        <section className="ds-panel" aria-label={say("write.code")}>
          <p className="ds-hint">{say("write.number", { number: sent.caseNo })}</p>
          <p className="ds-hint">{say("write.code")}</p>
          <p className="ds-code">{sent.returnCode}</p>
          <p>{say("write.keep")}</p>
        </section>
        <div>
          <Button onClick={() => go("/")}>{say("back")}</Button>
        </div>
      </Stack>
    </Screen>
  );
}
