import { EmptyState, ErrorState, Screen, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { ItemList } from "./item-list.tsx";
import { useBacklog } from "./words.ts";

/** What the unit itself is asked to check for another. */
export default function ToCheckPage() {
  const { say, rpc } = useBacklog();
  const errorText = useErrorText();
  const list = useQuery(rpc.toCheck.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("check.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("check.lead")}</Text>
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say("check.none")} />}
        {list.data && <ItemList items={list.data} />}
      </Stack>
    </Screen>
  );
}
