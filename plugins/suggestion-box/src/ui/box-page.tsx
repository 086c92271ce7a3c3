import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useBox } from "./words.ts";

const states = ["new", "shown", "filed"] as const;

/** What waits to be sorted, what stands on the board, what is studied. */
export default function BoxPage() {
  const { say, rpc, language } = useBox();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.box.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="xl">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <EmptyState title={say("box.empty")} />}
        {states.map((state) => {
          const rows = found.data?.filter((one) => one.state === state) ?? [];
          if (rows.length === 0) return null;
          return (
            <section key={state} aria-labelledby={`box-${state}`}>
              <Title order={2} id={`box-${state}`}>
                {say(`box.${state}`)}
              </Title>
              <ul className="ds-list">
                {rows.map((one) => (
                  <li key={one.suggestionId} className="ds-panel">
                    <Group justify="space-between">
                      <div>
                        <Text fw={600}>{one.title}</Text>
                        <Group gap="sm">
                          {one.replied && <Badge color="orange">{say("box.replied")}</Badge>}
                          <Text size="sm">{formatDate(one.at.slice(0, 10), language)}</Text>
                          {one.supports !== null && (
                            <Text size="sm">{say("supports.many", { count: one.supports })}</Text>
                          )}
                          {!one.mayShow && <Text size="sm">{say("box.closed")}</Text>}
                          {one.caseNo && <Text size="sm">{one.caseNo}</Text>}
                        </Group>
                      </div>
                      <Button
                        variant={one.replied ? "filled" : "default"}
                        aria-label={say("box.openNamed", { title: one.title })}
                        onClick={() => go(`/s/${one.suggestionId}`)}
                      >
                        {say("box.open")}
                      </Button>
                    </Group>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </Stack>
    </Screen>
  );
}
