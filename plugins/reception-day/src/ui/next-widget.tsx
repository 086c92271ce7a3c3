import { Anchor, ErrorState, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { DayFacts } from "./day-facts.tsx";
import { useReception } from "./words.ts";

/** Point `leader/widget@1`: the next day on which somebody of the unit receives, and how many have booked. */
export function NextWidget() {
  const { say, rpc } = useReception();
  const errorText = useErrorText();
  const days = useQuery(rpc.days.queryOptions(undefined, { staleTime: 0 }));
  if (days.isError) return <ErrorState title={errorText(days.error)} onRetry={() => void days.refetch()} />;
  if (!days.data) return <Skeleton lines={3} />;
  const ahead = days.data.filter((day) => day.state === "published" && Date.parse(day.endsAt) > Date.now());
  // the latest day stands first
  const next = ahead.at(-1);
  if (!next) return <Text>{say("days.noneAhead")}</Text>;
  return (
    <Stack>
      <DayFacts day={next} />
      <Text>{say("days.booked", { booked: next.booked, slots: next.slots })}</Text>
      <Anchor href={`/desk/p/reception-day/days/${next.sessionId}`}>{say("days.see")}</Anchor>
    </Stack>
  );
}
