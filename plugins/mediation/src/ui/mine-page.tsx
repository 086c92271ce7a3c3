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
import { StateBadge } from "./mediation-story.tsx";
import { useMediation } from "./words.ts";

/** D6: what a mediator leads. He reads the dispute, and nothing of the petition. */
export default function MinePage() {
  const { say, rpc, language } = useMediation();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useQuery(rpc.mine.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("mine.title")}>
      {mine.isPending && <Skeleton lines={5} />}
      {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
      {mine.data?.length === 0 && <EmptyState title={say("mine.none")} />}
      <ul className="ds-list">
        {(mine.data ?? []).map((one) => (
          <li key={one.mediationId} className="ds-panel">
            <Group justify="space-between">
              <div>
                <Text fw={600}>{one.dispute}</Text>
                <Group gap="sm">
                  <StateBadge state={one.state} />
                  {one.state === "running" && one.untilOn !== null && (
                    <Text size="sm">{say("until", { on: formatDate(one.untilOn, language) })}</Text>
                  )}
                </Group>
              </div>
              <Button
                variant="default"
                onClick={() => go(`/m/${one.mediationId}`)}
                aria-label={`${say("mine.open")} ${one.dispute}`}
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
