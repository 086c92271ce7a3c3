import {
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Group,
  Screen,
  Skeleton,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { StateBadge } from "./hearing-story.tsx";
import { useHearing } from "./words.ts";

/** What somebody of the house sits on. He reads the subject, and nothing of the petition. */
export default function MinePage() {
  const { say, rpc, language } = useHearing();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useQuery(rpc.mine.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("mine.title")}>
      {mine.isPending && <Skeleton lines={5} />}
      {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
      {mine.data?.length === 0 && <EmptyState title={say("mine.none")} />}
      <ul className="ds-list">
        {mine.data?.map((one) => (
          <li key={one.hearingId} className="ds-panel">
            <Group justify="space-between">
              <div>
                <Text fw={600}>{one.subject}</Text>
                <Group gap="sm">
                  <Text size="sm">
                    {say("when", { on: formatDate(one.hearingOn ?? "", language), at: one.startsAt ?? "" })}
                  </Text>
                  <StateBadge state={one.state} />
                </Group>
              </div>
              <Button
                variant="default"
                onClick={() => go(`/h/${one.hearingId}`)}
                aria-label={`${say("mine.open")} ${one.subject ?? ""}`}
              >
                {say("mine.open")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
