import { EmptyState, ErrorState, Screen, Skeleton, Stack, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { CircularsHere } from "./followup-parts.tsx";
import { InspectedHere } from "./inspection-parts.tsx";
import { MatterList } from "./matter-lines.tsx";
import { Received } from "./recommendation-parts.tsx";
import { useSupervision } from "./words.ts";

/** What the unit itself has to answer. */
export default function ToAnswerPage() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const list = useQuery(rpc.toAnswer.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("answer.title")} width="wide">
      <Stack gap="lg">
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say("answer.none")} />}
        {list.data && <MatterList matters={list.data} to={(id) => `/answer/${id}`} />}
        <CircularsHere />
        <Received />
        <InspectedHere />
      </Stack>
    </Screen>
  );
}
