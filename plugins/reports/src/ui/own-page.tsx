import {
  Button,
  EmptyState,
  ErrorState,
  formatInstant,
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
import { useReports } from "./words.ts";

/** The unit's own reports, and what was made of them by schedule. */
export default function OwnPage() {
  const { say, rpc, language, can } = useReports();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.list.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("own.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("own.intro")}</Text>
        <Group>
          {can("build") && <Button onClick={() => go("/build/new")}>{say("own.new")}</Button>}
          <Button variant="default" onClick={() => go("/")}>
            {say("own.standing")}
          </Button>
        </Group>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data?.reports.length === 0 && <EmptyState title={say("own.none")} />}
        <ul className="ds-list">
          {found.data?.reports.map((one) => (
            <li key={one.id} className="ds-panel">
              <Text fw={600}>{one.title}</Text>
              <Text size="sm">{say(`schedule.${one.schedule}`)}</Text>
              <Group>
                <Button
                  variant="default"
                  onClick={() => go(`/own/${one.id}`)}
                  aria-label={`${say("open")} ${one.title}`}
                >
                  {say("open")}
                </Button>
                {can("build") && (
                  <Button
                    variant="default"
                    onClick={() => go(`/build/${one.id}`)}
                    aria-label={`${say("own.change")} ${one.title}`}
                  >
                    {say("own.change")}
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
        <Title order={2}>{say("made.title")}</Title>
        {found.data?.made.length === 0 && <Text>{say("made.none")}</Text>}
        <ul className="ds-list">
          {found.data?.made.map((one) => (
            <li key={one.id} className="ds-panel">
              <Text fw={600}>{`${one.title} ${one.period}`}</Text>
              <Text size="sm">{say("made.on", { on: formatInstant(one.madeAt, language) })}</Text>
              <div>
                <Button
                  variant="default"
                  onClick={() => go(`/made/${one.id}`)}
                  aria-label={`${say("open")} ${one.title} ${one.period}`}
                >
                  {say("open")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}
