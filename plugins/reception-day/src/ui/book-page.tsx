import {
  Button,
  EmptyState,
  ErrorState,
  Form,
  formatInstant,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  TextField,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { BookingPanel } from "./booking-panel.tsx";
import { DayFacts } from "./day-facts.tsx";
import { useReception } from "./words.ts";

/** Taking a time: which, and what it is about in one line. The code is shown once. */
export default function BookPage() {
  const { say, rpc, language } = useReception();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const days = useQuery(rpc.calendar.queryOptions(undefined, { staleTime: 0 }));
  const [key] = useState(() => crypto.randomUUID());
  const book = useMutation(rpc.book.mutationOptions({ onError: () => void days.refetch() }));
  const day = days.data?.find((one) => one.sessionId === params.sessionId);
  if (book.data) {
    const { code, ...booking } = book.data;
    return (
      <Screen title={say("book.done")}>
        <Stack gap="lg">
          <section className="ds-panel" aria-label={say("book.code")}>
            <p className="ds-hint">{say("book.code")}</p>
            <p className="ds-code">{code}</p>
            <p>{say("book.keep")}</p>
          </section>
          <BookingPanel booking={booking} pass={{ code }} onChange={() => go("/")} />
          <div>
            <Button variant="default" onClick={() => go("/")}>
              {say("back")}
            </Button>
          </div>
        </Stack>
      </Screen>
    );
  }
  const free = day?.slots.filter((slot) => slot.free) ?? [];
  return (
    <Screen title={day ? say("book.title", { leader: day.leader }) : say("title")}>
      <Stack gap="lg">
        {days.isPending && <Skeleton lines={5} />}
        {days.isError && <ErrorState title={errorText(days.error)} onRetry={() => void days.refetch()} />}
        {days.data && free.length === 0 && <EmptyState title={say("book.gone")} />}
        {day && free.length > 0 && (
          <>
            <DayFacts day={day} />
            <Form
              initial={{ slot: "", topic: "" }}
              submitLabel={say("book.send")}
              busy={book.isPending}
              error={book.isError ? errorText(book.error) : undefined}
              onSubmit={({ slot, topic }) =>
                book.mutate({ sessionId: day.sessionId, slotNo: Number(slot), topic, key })
              }
            >
              <RadioCards
                name="slot"
                label={say("book.slot")}
                cards={free.map((one) => ({
                  value: String(one.no),
                  label: formatInstant(one.startsAt, language, day.timeZone),
                }))}
                required
              />
              <TextField name="topic" label={say("book.topic")} hint={say("book.topicHint")} maxLength={100} />
            </Form>
          </>
        )}
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}
