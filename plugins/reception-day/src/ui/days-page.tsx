import {
  Button,
  EmptyState,
  ErrorState,
  formatInstant,
  Group,
  Screen,
  Skeleton,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { DayFacts } from "./day-facts.tsx";
import { useReception } from "./words.ts";

/** Days of the unit at its desk. */
export default function DaysPage() {
  const { say, rpc, language, can } = useReception();
  const { go } = usePage();
  const errorText = useErrorText();
  const days = useQuery(rpc.days.queryOptions(undefined, { staleTime: 0 }));
  const wishes = useQuery(rpc.wishes.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen
      title={say("days.title")}
      width="wide"
      actions={can("publish") && <Button onClick={() => go("/new")}>{say("days.publish")}</Button>}
    >
      {days.isPending && <Skeleton lines={6} />}
      {days.isError && <ErrorState title={errorText(days.error)} onRetry={() => void days.refetch()} />}
      {days.data?.length === 0 && <EmptyState title={say("days.empty")} />}
      {wishes.isError && <ErrorState title={errorText(wishes.error)} onRetry={() => void wishes.refetch()} />}
      {wishes.data && wishes.data.length > 0 && (
        <section className="ds-panel" aria-labelledby="reception-wishes">
          <Title order={2} id="reception-wishes">
            {say("wish.atDesk")}
          </Title>
          <Text>{say("wish.count", { count: wishes.data.length })}</Text>
          <ul>
            {wishes.data.map((one) => (
              <li key={one.wishId}>
                {formatInstant(one.at, language)} · {one.topic === "" ? say("wish.noTopic") : one.topic}
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul className="ds-list">
        {days.data?.map((day) => (
          <li key={day.sessionId} className="ds-panel">
            <Group justify="space-between">
              <div>
                <DayFacts day={day} />
                <Text size="sm">{say("days.booked", { booked: day.booked, slots: day.slots })}</Text>
              </div>
              <Button
                variant="default"
                onClick={() => go(`/days/${day.sessionId}`)}
                aria-label={say("days.openNamed", { leader: day.leader, when: formatInstant(day.startsAt, language) })}
              >
                {say("days.open")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
