import { Anchor, Badge, ErrorState, formatDate, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { useMailbox } from "./words.ts";

const SHOWN = 5;

/** Point `leader/widget@1`: letters to the reader that wait, the oldest first. */
export function UnreadWidget() {
  const { say, rpc, language } = useMailbox();
  const errorText = useErrorText();
  const found = useQuery(rpc.letters.queryOptions(undefined, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const unread = found.data.filter((one) => one.readOn === null);
  if (unread.length === 0) return <Text>{say("letters.allRead")}</Text>;
  return (
    <Stack>
      <Text>{say("letters.wait", { n: unread.length })}</Text>
      <ul className="ds-list">
        {unread.slice(0, SHOWN).map((one) => (
          <li key={one.letterId}>
            <Anchor href={`/desk/p/leader-mailbox/l/${one.letterId}`}>{one.title}</Anchor>
            {one.late && <Badge color="red">{say("letters.late")}</Badge>}
            {one.dueOn && !one.late && (
              <Text size="sm">{say("letters.due", { on: formatDate(one.dueOn, language) })}</Text>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
