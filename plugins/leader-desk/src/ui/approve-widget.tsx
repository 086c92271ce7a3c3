import { Anchor, ErrorState, Skeleton, Stack, Text, useErrorText } from "@doorstep/sdk/ui";
import { useApprovals } from "./use-today.ts";
import { useLeaderDesk } from "./words.ts";

const SHOWN = 5;

/** Point `leader/widget@1`: replies and letters that wait for the reader's signature. */
export function ApproveWidget() {
  const { say } = useLeaderDesk();
  const errorText = useErrorText();
  const approvals = useApprovals();
  if (approvals.isError)
    return <ErrorState title={errorText(approvals.error)} onRetry={() => void approvals.refetch()} />;
  if (!approvals.data) return <Skeleton lines={3} />;
  const { items } = approvals.data;
  if (items.length === 0) return <Text>{say("today.noApproval")}</Text>;
  return (
    <Stack>
      <ul className="ds-list">
        {items.slice(0, SHOWN).map((one) => (
          <li key={one.caseId}>
            <Anchor href={`/desk/c/${one.caseNo}`}>{one.title}</Anchor>
          </li>
        ))}
      </ul>
      {items.length > SHOWN && <Text>{say("today.more", { n: items.length - SHOWN })}</Text>}
    </Stack>
  );
}
