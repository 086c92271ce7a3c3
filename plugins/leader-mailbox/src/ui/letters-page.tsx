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
import { useMailbox } from "./words.ts";

const parts = ["unread", "read"] as const;

/** What was written to whoever is signed in: what waits first. */
export default function LettersPage() {
  const { say, rpc, language } = useMailbox();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.letters.queryOptions(undefined, { staleTime: 0 }));
  const on = (day: string) => formatDate(day, language);
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="xl">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <EmptyState title={say("letters.empty")} />}
        {parts.map((part) => {
          const rows = found.data?.filter((one) => (one.readOn === null) === (part === "unread")) ?? [];
          if (rows.length === 0) return null;
          return (
            <section key={part} aria-labelledby={`letters-${part}`}>
              <Title order={2} id={`letters-${part}`}>
                {say(`letters.${part}`)}
              </Title>
              <ul className="ds-list">
                {rows.map((one) => (
                  <li key={one.letterId} className="ds-panel">
                    <Group justify="space-between">
                      <div>
                        <Text fw={600}>{one.title}</Text>
                        <Group gap="sm">
                          <Text size="sm">{say("letters.arrived", { on: on(one.arrivedOn) })}</Text>
                          {one.readOn && <Text size="sm">{say("letters.readOn", { on: on(one.readOn) })}</Text>}
                          {!one.readOn && one.dueOn && !one.late && (
                            <Text size="sm">{say("letters.due", { on: on(one.dueOn) })}</Text>
                          )}
                          {one.late && <Badge color="red">{say("letters.late")}</Badge>}
                          {one.anonymous && <Text size="sm">{say("letters.anonymous")}</Text>}
                        </Group>
                      </div>
                      <Button
                        variant={one.readOn ? "default" : "filled"}
                        aria-label={say("letters.openNamed", { title: one.title })}
                        onClick={() => go(`/l/${one.letterId}`)}
                      >
                        {say("letters.open")}
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
