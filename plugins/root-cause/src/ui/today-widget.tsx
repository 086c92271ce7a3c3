import { Anchor, ErrorState, formatDate, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { StateBadge } from "./cause-list.tsx";
import { useRootCause } from "./words.ts";

/** Point `leader/widget@1`: how many root causes are under way, and what waits first. */
export function TodayWidget() {
  const { say, rpc, language } = useRootCause();
  const errorText = useErrorText();
  const found = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const { first, ...counts } = found.data;
  return (
    <Stack>
      <Text>{counts.open + counts.waiting === 0 ? say("today.none") : say("today.counts", counts)}</Text>
      <ul className="ds-list">
        {first.map((one) => (
          <li key={one.causeId}>
            <Anchor href={`/desk/p/root-cause/c/${one.causeId}`}>{one.title}</Anchor>
            <div>
              <StateBadge cause={one} />
              {one.dueOn && <Text size="sm">{say("fixBy", { on: formatDate(one.dueOn, language) })}</Text>}
            </div>
          </li>
        ))}
      </ul>
      <Anchor href="/desk/p/root-cause">{say("today.all")}</Anchor>
    </Stack>
  );
}
