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
import { SupportStory } from "./support-lines.tsx";
import { useAssistance } from "./words.ts";

/** Point `desk/case-tab@1`: what was given at this petition, and whether it holds. */
export function CaseTab(props: CasePartProps) {
  const { say, rpc, can } = useAssistance();
  const { go } = usePage();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  return (
    <Stack>
      {found.data.length === 0 && <EmptyState title={say("tab.none")} />}
      <ul className="ds-list">
        {found.data.map((one) => (
          <li key={one.supportId} className="ds-panel">
            <SupportStory support={one} />
            {one.mayAnswer && (
              <Button
                variant="default"
                onClick={() => go(`portal:/desk/p/assistance/s/${one.supportId}`)}
                aria-label={`${say("answer.go")} ${one.given}`}
              >
                {say("answer.go")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {can("record") && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/assistance/record/${caseId}`)}>
            {say("record.title")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
