import {
  Button,
  ErrorState,
  formatInstant,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { BookingPanel } from "./booking-panel.tsx";
import { DayFacts } from "./day-facts.tsx";
import { WishForm } from "./wish-form.tsx";
import { useReception } from "./words.ts";

/** P12: the days ahead, for everybody who stands at the unit; one's own bookings where one is signed in. */
export default function CalendarPage() {
  const { say, rpc, language, user } = useReception();
  const { go } = usePage();
  const errorText = useErrorText();
  const days = useQuery(rpc.calendar.queryOptions(undefined, { staleTime: 0 }));
  const mine = useQuery({ ...rpc.mine.queryOptions(undefined, { staleTime: 0 }), enabled: user !== null });
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("calendar.lead")}</Text>
        {days.isPending && <Skeleton lines={5} />}
        {days.isError && <ErrorState title={errorText(days.error)} onRetry={() => void days.refetch()} />}
        {(mine.data?.length ?? 0) > 0 && (
          <section aria-labelledby="my-bookings">
            <Title order={2} id="my-bookings">
              {say("calendar.mine")}
            </Title>
            {mine.data?.map((one) => (
              <BookingPanel
                key={one.bookingId}
                booking={one}
                pass={{ bookingId: one.bookingId }}
                onChange={() => void mine.refetch()}
              />
            ))}
          </section>
        )}
        {days.data && !days.data.some((day) => day.slots.some((slot) => slot.free)) && (
          <WishForm why={say(days.data.length === 0 ? "calendar.empty" : "calendar.allTaken")} />
        )}
        <ul className="ds-list">
          {days.data?.map((day) => {
            const free = day.slots.filter((slot) => slot.free).length;
            const when = formatInstant(day.startsAt, language, day.timeZone);
            return (
              <li key={day.sessionId} className="ds-panel">
                <Stack gap="sm">
                  <DayFacts day={day} />
                  <Text size="sm">{day.unit[language]}</Text>
                  {day.state === "published" && (
                    <Text>{free > 0 ? say("calendar.free", { count: free }) : say("calendar.full")}</Text>
                  )}
                  {free > 0 && (
                    <div>
                      <Button
                        onClick={() => go(`/${day.sessionId}`)}
                        aria-label={say("calendar.chooseNamed", { leader: day.leader, when })}
                      >
                        {say("calendar.choose")}
                      </Button>
                    </div>
                  )}
                </Stack>
              </li>
            );
          })}
        </ul>
        <div>
          <Button variant="default" onClick={() => go("/code")}>
            {say("calendar.byCode")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}
