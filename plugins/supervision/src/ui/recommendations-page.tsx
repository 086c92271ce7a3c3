import {
  EmptyState,
  ErrorState,
  Form,
  Screen,
  Select,
  Skeleton,
  Stack,
  TextArea,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type RecommendationKind, recommendationKinds } from "../recommendations/kinds.ts";
import { RecommendationList } from "./recommendation-parts.tsx";
import { useSupervision } from "./words.ts";

/** What the unit has recommended to others and what they answered, and a form for the next. */
export default function RecommendationsPage() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const found = useQuery(rpc.recommendations.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("recommend.title")} width="wide">
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <EmptyState title={say("recommend.none")} />}
        {found.data && <RecommendationList all={found.data} />}
        <section aria-label={say("recommend.new")}>
          <h2>{say("recommend.new")}</h2>
          <NewForm key={found.data?.length ?? 0} />
        </section>
      </Stack>
    </Screen>
  );
}

function NewForm() {
  const { say, rpc, language } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [recommendationId] = useState(() => crypto.randomUUID());
  const to = useQuery(rpc.recommendTo.queryOptions(undefined, { staleTime: 0 }));
  const send = useMutation(rpc.recommend.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  if (to.isError) return <ErrorState title={errorText(to.error)} onRetry={() => void to.refetch()} />;
  if (!to.data) return <Skeleton lines={3} />;
  return (
    <Form
      initial={{ toUnit: "", kind: "", words: "", evidence: "" }}
      submitLabel={say("recommend.send")}
      busy={send.isPending}
      error={send.isError ? errorText(send.error) : undefined}
      onSubmit={({ kind, ...values }) => send.mutate({ recommendationId, kind: kind as RecommendationKind, ...values })}
    >
      <Select
        name="toUnit"
        label={say("recommend.to")}
        options={to.data.map(({ id, name }) => ({ value: id, label: name[language] }))}
        required
      />
      <Select
        name="kind"
        label={say("recommend.kindLabel")}
        options={recommendationKinds.map((value) => ({ value, label: say(`recommend.kind.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("recommend.words")} rows={4} maxLength={2000} required />
      <TextArea
        name="evidence"
        label={say("recommend.evidence")}
        hint={say("recommend.evidenceHint")}
        rows={3}
        maxLength={2000}
        required
      />
    </Form>
  );
}
