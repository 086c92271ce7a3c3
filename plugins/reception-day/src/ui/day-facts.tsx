import { Badge, formatInstant, Group, Text } from "@doorstep/sdk/ui";
import { useReception } from "./words.ts";

/** What is public of a day. */
export interface DayFactsProps {
  readonly kind: "reception" | "goingDown";
  readonly leader: string;
  readonly post: string;
  readonly portfolio: string;
  readonly place: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly state: "published" | "cancelled";
  readonly late: boolean;
  readonly reason: string;
}

/** Who receives, as what, where and when, and why that changed. */
export function DayFacts(props: { readonly day: DayFactsProps }) {
  const { say, language } = useReception();
  const { day } = props;
  return (
    <div>
      <Text fw={600}>{`${day.post} ${day.leader}`}</Text>
      {day.portfolio !== "" && <Text size="sm">{day.portfolio}</Text>}
      <Group gap="sm">
        <Badge variant="light">{say(`kind.${day.kind}`)}</Badge>
        {day.state === "cancelled" && <Badge color="gray">{say("cancelled")}</Badge>}
        <Text size="sm">{formatInstant(day.startsAt, language, day.timeZone)}</Text>
        <Text size="sm">{day.place}</Text>
      </Group>
      {day.reason !== "" && <Text size="sm">{say("reason", { reason: day.reason })}</Text>}
      {day.late && <Text size="sm">{say("late")}</Text>}
    </div>
  );
}
