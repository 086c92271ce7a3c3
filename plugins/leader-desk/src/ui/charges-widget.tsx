import { Anchor, ErrorState, Skeleton, Stack, Text, useErrorText } from "@doorstep/sdk/ui";
import { DueWords } from "./due-words.tsx";
import { useMine } from "./use-today.ts";
import { useLeaderDesk } from "./words.ts";

/** Point `leader/widget@1`: the petitions the reader has taken, each with its next day. */
export function ChargesWidget() {
  const { say } = useLeaderDesk();
  const errorText = useErrorText();
  const mine = useMine();
  if (mine.isError) return <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <Skeleton lines={3} />;
  return (
    <Stack>
      <Text>{mine.data.length === 0 ? say("mine.none") : say("today.count", { n: mine.data.length })}</Text>
      <ul className="ds-list">
        {mine.data.map((one) => (
          <li key={one.caseId}>
            <Anchor href={`/desk/p/leader-desk/c/${one.caseId}`}>{one.title}</Anchor>
            {one.next && (
              <div>
                <DueWords {...one.next} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <Anchor href="/desk/p/leader-desk">{say("today.all")}</Anchor>
    </Stack>
  );
}
