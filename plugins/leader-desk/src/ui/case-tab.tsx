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
import { ChargeStory } from "./charge-story.tsx";
import { useLeaderDesk } from "./words.ts";

/** Point `desk/case-tab@1`: which plan a leader has for this petition, and how it goes. */
export function CaseTab({ caseId }: CasePartProps) {
  const { say, rpc } = useLeaderDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={3} />;
  if (!found.data) return <EmptyState title={say("tab.none")} />;
  return (
    <Stack>
      <ChargeStory charge={found.data} />
      {found.data.isMine && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/leader-desk/c/${caseId}`)}>
            {say("tab.go")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
