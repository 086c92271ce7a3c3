import {
  Button,
  type CasePartProps,
  EmptyState,
  ErrorState,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { ItemStory } from "./item-story.tsx";
import { useBacklog } from "./words.ts";

/** Point `desk/case-tab@1`: why this petition hangs, and what is done about it. */
export function CaseTab({ caseId }: CasePartProps) {
  const { say, rpc } = useBacklog();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={3} />;
  if (!found.data) return <EmptyState title={say("tab.none")} />;
  return (
    <Stack>
      <ItemStory item={found.data} />
      {(found.data.mayKeep || found.data.mayCheck) && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/backlog/c/${caseId}`)}>
            {say("tab.go")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
