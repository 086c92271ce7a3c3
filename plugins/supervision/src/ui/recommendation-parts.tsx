import {
  Badge,
  ErrorState,
  Form,
  formatDate,
  Group,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import type { ReactNode } from "react";
import { type Outcome, outcomes } from "../recommendations/kinds.ts";
import type { sent } from "../recommendations/recommend.ts";
import { LetterLinks } from "./letter-links.tsx";
import { useSupervision } from "./words.ts";

type View = Awaited<ReturnType<typeof sent>>[number];

/** Recommendations with their answers; under each whatever can be done with it. */
export function RecommendationList(props: { readonly all: readonly View[]; readonly act?: (one: View) => ReactNode }) {
  const { say, language } = useSupervision();
  const day = (on: string) => formatDate(on, language);
  return (
    <ul className="ds-list">
      {props.all.map((one) => (
        <li key={one.recommendationId} className="ds-panel">
          <Text fw={600}>{say(`recommend.kind.${one.kind}`)}</Text>
          <Text size="sm">
            {say("recommend.fromTo", { from: one.from?.[language] ?? "", to: one.to?.[language] ?? "" })}
          </Text>
          <Group gap="sm">
            <Badge variant="light" c="dark.9" color={one.isLate ? "red" : one.outcome === null ? "orange" : "gray"}>
              {one.outcome === null
                ? say(one.isLate ? "recommend.late" : "recommend.by", { on: day(one.dueOn) })
                : say(`recommend.outcome.${one.outcome}`)}
            </Badge>
          </Group>
          <Text className="ds-text">{one.words}</Text>
          <Text className="ds-text">{say("recommend.basis", { words: one.evidence })}</Text>
          <LetterLinks letters={one.letters} />
          {one.outcome && one.answeredOn && (
            <Text className="ds-text">
              {say("recommend.answered", {
                ...{
                  on: day(one.answeredOn),
                  outcome: say(`recommend.outcome.${one.outcome}`),
                  words: one.reason ?? "",
                },
              })}
            </Text>
          )}
          {props.act?.(one)}
        </li>
      ))}
    </ul>
  );
}

/** What was recommended to the unit itself; what is not answered yet can be. */
export function Received() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const found = useQuery(rpc.received.queryOptions(undefined, { staleTime: 0 }));
  return (
    <section aria-label={say("recommend.received")}>
      <Stack>
        <h2>{say("recommend.received")}</h2>
        {found.isPending && <Skeleton lines={2} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <Text>{say("recommend.noneReceived")}</Text>}
        {found.data && (
          <RecommendationList
            all={found.data}
            act={(one) => one.outcome === null && <RespondForm recommendationId={one.recommendationId} />}
          />
        )}
      </Stack>
    </section>
  );
}

function RespondForm({ recommendationId }: { readonly recommendationId: string }) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const respond = useMutation(rpc.respond.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <Form
      initial={{ outcome: "", reason: "" }}
      submitLabel={say("recommend.respond")}
      busy={respond.isPending}
      error={respond.isError ? errorText(respond.error) : undefined}
      onSubmit={({ outcome, reason }) => respond.mutate({ recommendationId, outcome: outcome as Outcome, reason })}
    >
      <Select
        name="outcome"
        label={say("recommend.outcomeLabel")}
        options={outcomes.map((value) => ({ value, label: say(`recommend.outcome.${value}`) }))}
        required
      />
      <TextArea name="reason" label={say("recommend.reason")} rows={3} maxLength={2000} />
    </Form>
  );
}
