import {
  Button,
  type CasePartProps,
  EmptyState,
  ErrorState,
  Group,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { openStates } from "../kinds.ts";
import { HearingStory } from "./hearing-story.tsx";
import { useHearing } from "./words.ts";

/** Point `desk/case-tab@1`: the hearings of this petition. */
export function CaseTab({ caseId }: CasePartProps) {
  const { say, rpc, can } = useHearing();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const { hearings } = found.data;
  const isOpen = hearings.some((one) => (openStates as readonly string[]).includes(one.state));
  return (
    <Stack>
      {hearings.length === 0 && <EmptyState title={say("tab.none")} />}
      <ul className="ds-list">
        {hearings.map((one) => (
          <li key={one.hearingId} className="ds-panel">
            <HearingStory one={one} />
          </li>
        ))}
      </ul>
      <Group>
        {isOpen && (can("conduct") || can("decide")) && (
          <Button variant="default" onClick={() => go(`portal:/desk/p/hearing/case/${caseId}`)}>
            {say("conduct.title")}
          </Button>
        )}
        {!isOpen && can("conduct") && (
          <Button variant="default" onClick={() => go(`portal:/desk/p/hearing/call/${caseId}`)}>
            {say("call.title")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
