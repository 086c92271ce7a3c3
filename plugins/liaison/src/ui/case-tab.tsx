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
import { AffairStory } from "./affair-lines.tsx";
import { useLiaison } from "./words.ts";

/** Point `desk/case-tab@1`: what local offices were asked, and who stays with it. */
export function CaseTab(props: CasePartProps) {
  const { say, rpc, can } = useLiaison();
  const { go } = usePage();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const isOpen = found.data.some((one) => one.state === "open");
  return (
    <Stack>
      {found.data.length === 0 && <EmptyState title={say("tab.none")} />}
      {found.data.map((one) => (
        <section key={one.affairId}>
          <AffairStory affair={one} />
          <Button variant="default" onClick={() => go(`portal:/desk/p/liaison/a/${one.affairId}`)}>
            {say(one.mayAct ? "tab.go" : "tab.look")}
          </Button>
        </section>
      ))}
      {can("help") && !isOpen && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/liaison/begin/${caseId}`)}>
            {say("begin.title")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
