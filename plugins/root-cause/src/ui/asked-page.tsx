import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  Form,
  formatDate,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { toAnswer } from "../causes/read.ts";
import { useRootCause } from "./words.ts";

type AskView = Awaited<ReturnType<typeof toAnswer>>[number];

/** What other units ask of this one, open questions first. */
export default function AskedPage() {
  const { say, rpc } = useRootCause();
  const errorText = useErrorText();
  const list = useQuery(rpc.toAnswer.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("asked.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("asked.lead")}</Text>
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say("asked.none")} />}
        {list.data && (
          <ul className="ds-list">
            {list.data.map((one) => (
              <li key={one.askId} className="ds-panel">
                <Asked ask={one} />
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Screen>
  );
}

function Asked({ ask }: { readonly ask: AskView }) {
  const { say, language, can } = useRootCause();
  const { go } = usePage();
  const [isOpen, setOpen] = useState(false);
  const day = (on: string) => formatDate(on, language);
  return (
    <Stack gap="sm">
      <Text fw={600}>{ask.title}</Text>
      <Group gap="sm">
        <Badge variant="light" c="dark.9" color={ask.isLate ? "red" : ask.found === null ? "orange" : "gray"}>
          {ask.found === null
            ? say(ask.isLate ? "asked.late" : "asked.by", { on: day(ask.dueOn) })
            : say(ask.found ? "asked.found" : "asked.notFound")}
        </Badge>
        <Text size="sm">{say("asked.from", { unit: ask.unit?.[language] ?? "", kind: say(`kind.${ask.kind}`) })}</Text>
      </Group>
      <Text className="ds-text">{say("story.cause", { words: ask.causeWords })}</Text>
      <Text className="ds-text">{say("story.fix", { words: ask.fixWords })}</Text>
      {ask.answeredOn && (
        <Text className="ds-text">{say("asked.answered", { on: day(ask.answeredOn), words: ask.words ?? "" })}</Text>
      )}
      {ask.found === null && !isOpen && (
        <div>
          <Button
            variant="default"
            onClick={() => setOpen(true)}
            aria-label={say("asked.answerOne", { title: ask.title })}
          >
            {say("asked.send")}
          </Button>
        </div>
      )}
      {ask.found === null && isOpen && <AnswerForm askId={ask.askId} />}
      {ask.found === true && can("keep") && (
        <div>
          <Button variant="default" onClick={() => go(`/new/sibling/${ask.askId}`)}>
            {say("asked.openOwn")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function AnswerForm({ askId }: { readonly askId: string }) {
  const { say, rpc } = useRootCause();
  const client = useQueryClient();
  const errorText = useErrorText();
  const write = useMutation(rpc.answer.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <Form
      initial={{ result: "", words: "" }}
      submitLabel={say("asked.send")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={({ result, words }) => write.mutate({ askId, found: result === "found", words })}
    >
      <Select
        name="result"
        label={say("asked.result")}
        options={(["found", "notFound"] as const).map((value) => ({ value, label: say(`asked.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("asked.words")} rows={3} maxLength={2000} required />
    </Form>
  );
}
