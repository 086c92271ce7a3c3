import { instantAt } from "@doorstep/sdk";
import { DateField, TextField, Tick } from "@doorstep/sdk/ui";
import { useTalks } from "./words.ts";

export interface TimeValues {
  readonly day: string;
  readonly time: string;
  readonly place: string;
  readonly byPhone: boolean;
}

export const noTime: TimeValues = { day: "", time: "", place: "", byPhone: false };

/** What was typed as the server half takes it; hours are those of the reader's unit, as on his screens. */
export const meetingOf = ({ day, time, place, byPhone }: TimeValues, timeZone: string) => ({
  startsAt: instantAt(day, time, timeZone),
  place,
  byPhone,
});

/** When and where two people meet. */
export function TimeFields() {
  const { say } = useTalks();
  return (
    <>
      <div className="ds-row">
        <DateField name="day" label={say("person.day")} required />
        <TextField name="time" type="time" label={say("person.time")} required />
      </div>
      <TextField name="place" label={say("person.place")} hint={say("person.placeHint")} required maxLength={80} />
      <Tick name="byPhone" label={say("person.byPhone")} />
    </>
  );
}
