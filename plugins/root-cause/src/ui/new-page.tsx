import {
  Anchor,
  Form,
  Screen,
  Select,
  Stack,
  Text,
  TextField,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Kind, kinds, type Origin, origins, type Subject, subjects } from "../codes.ts";
import { useRootCause } from "./words.ts";

const isSubject = (given: string | undefined): given is Subject => subjects.includes(given as Subject);
const isOrigin = (given: string | undefined): given is Origin => origins.includes(given as Origin);

/** Which petition comes with it: the one it begins with, or that of a supervised matter. */
function petitionOf(origin: Origin, originId: string | null, about: string | undefined): string | null {
  if (origin === "case") return originId;
  return origin === "supervision" ? (about ?? null) : null;
}

/** Opens a root cause: from nothing, or from what another page has handed over; handed over before, it is shown. */
export default function NewPage() {
  const { say, rpc } = useRootCause();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [causeId] = useState(() => crypto.randomUUID());
  const origin = isOrigin(params.origin) ? params.origin : "seen";
  const originId = origin === "seen" ? null : (params.originId ?? null);
  const known = useQuery(
    rpc.handed.queryOptions({ origin, originId: originId ?? "" }, { enabled: originId !== null, staleTime: 0 }),
  );
  const open = useMutation(
    rpc.open.mutationOptions({ onSuccess: (opened) => go(`/c/${opened.causeId}`, { replace: true }) }),
  );
  if (known.data) return <Known causeId={known.data} />;
  return (
    <Screen title={say("new.title")}>
      <Stack gap="lg">
        <Text>{say("new.lead")}</Text>
        {origin !== "seen" && <Text size="sm">{say(`origin.${origin}`)}</Text>}
        <Form
          initial={{ title: "", kind: "", subject: isSubject(params.about) ? params.about : "claim" }}
          submitLabel={say("new.send")}
          busy={open.isPending}
          error={open.isError ? errorText(open.error) : undefined}
          onSubmit={({ title, kind, subject }) =>
            open.mutate({
              ...{ causeId, title, kind: kind as Kind, subject: subject as Subject, origin, originId },
              caseId: petitionOf(origin, originId, params.about),
            })
          }
        >
          <TextField name="title" label={say("new.name")} maxLength={120} required />
          <Select
            name="kind"
            label={say("new.kind")}
            options={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
            required
          />
          <Select
            name="subject"
            label={say("new.subject")}
            hint={say("new.subjectHint")}
            options={subjects.map((value) => ({ value, label: say(`subject.${value}`) }))}
            required
          />
        </Form>
      </Stack>
    </Screen>
  );
}

function Known({ causeId }: { readonly causeId: string }) {
  const { say } = useRootCause();
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("new.known")}</Text>
        <div>
          <Anchor href={`/desk/p/root-cause/c/${causeId}`}>{say("open")}</Anchor>
        </div>
      </Stack>
    </Screen>
  );
}
