import {
  Anchor,
  Button,
  EmptyState,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { DueWords } from "./due-words.tsx";
import { useLeaderDesk } from "./words.ts";

/** Petitions that leaders have taken at the unit and below: whose leader has moved post is handed over. */
export default function UnitPage() {
  const { say, rpc, language, can } = useLeaderDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const list = useQuery(rpc.ofUnit.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("unit.title")} width="wide">
      <Stack gap="lg">
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say("unit.none")} />}
        <ul className="ds-list">
          {list.data?.map((one) => (
            <li key={one.caseId} className="ds-panel">
              <Group justify="space-between">
                <div>
                  <Text fw={700}>{say("age", { n: one.ageDays })}</Text>
                  <Anchor href={`/desk/c/${one.caseNo}`}>{one.title}</Anchor>
                  <Text size="sm">
                    <span className="ds-mono">{one.caseNo}</span> · {one.holder[language]}
                  </Text>
                  <Text size="sm">
                    {one.leader
                      ? say("unit.leader", { name: one.leader })
                      : say(one.isGone ? "unit.gone" : "unit.unknown")}
                  </Text>
                </div>
                {one.next && <DueWords {...one.next} />}
                {can("lead") && (
                  <Button
                    variant={one.isGone ? "filled" : "default"}
                    onClick={() => go(`/c/${one.caseId}`)}
                    aria-label={`${say("unit.open")} ${one.title}`}
                  >
                    {say("unit.open")}
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}
