import { formatInstant, Stack, Text } from "@doorstep/sdk/ui";
import type { ReactNode } from "react";
import type { MeetingKind } from "../kinds.ts";
import { useMediation } from "./words.ts";

export interface MeetingView {
  readonly meetingId: string;
  readonly kind: MeetingKind;
  readonly startsAt: string;
  readonly place: string;
}

interface Props {
  readonly meetings: readonly MeetingView[];
  readonly timeZone: string;
  readonly act?: (one: MeetingView) => ReactNode;
}

/** When and where both sides meet: what it is about stands elsewhere. */
export function Meetings(props: Props) {
  const { say, language } = useMediation();
  const { meetings, timeZone, act } = props;
  if (meetings.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text fw={600}>{say("meeting.list")}</Text>
      <ul>
        {meetings.map((one) => (
          <li key={one.meetingId}>
            {say("meeting.at", {
              kind: say(`meeting.${one.kind}`),
              on: formatInstant(one.startsAt, language, timeZone),
              place: one.place,
            })}
            {act?.(one)}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
