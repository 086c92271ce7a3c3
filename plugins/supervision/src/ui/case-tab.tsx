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
import { MatterStory } from "./matter-lines.tsx";
import { useSupervision } from "./words.ts";

/** Point `desk/case-tab@1`: how the petition is or was supervised. */
export function CaseTab(props: CasePartProps) {
  const { say, rpc, can } = useSupervision();
  const { go } = usePage();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  return (
    <Stack>
      {found.data.length === 0 && <EmptyState title={say("tab.none")} />}
      {found.data.map((one) => (
        <section key={one.matterId}>
          <MatterStory matter={one} />
          {one.mayAnswer && (
            <Button onClick={() => go(`portal:/desk/p/supervision/answer/${one.matterId}`)}>{say("answer.go")}</Button>
          )}
        </section>
      ))}
      {can("supervise") && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/supervision/raise/${caseId}`)}>
            {say("raise.title")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
