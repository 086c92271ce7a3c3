import {
  Button,
  EmptyState,
  ErrorState,
  formatInstant,
  Group,
  Screen,
  Skeleton,
  Text,
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
  return (
    <Screen
      title={say("days.title")}
      width="wide"
      actions={can("publish") && <Button onClick={() => go("/new")}>{say("days.publish")}</Button>}
    >
      {days.isPending && <Skeleton lines={6} />}
      {days.isError && <ErrorState title={errorText(days.error)} onRetry={() => void days.refetch()} />}
      {days.data?.length === 0 && <EmptyState title={say("days.empty")} />}
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
