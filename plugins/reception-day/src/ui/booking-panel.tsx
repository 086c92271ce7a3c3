import { Alert, Button, formatInstant, Group, Stack, Text, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { DayFacts, type DayFactsProps } from "./day-facts.tsx";
import { useReception } from "./words.ts";

interface Booking extends DayFactsProps {
  readonly at: string;
  readonly topic: string;
  readonly visit: "booked" | "cancelled" | "heard" | "absent" | "sealed";
}

interface BookingPanelProps {
  readonly booking: Booking;
  readonly pass: { readonly code: string } | { readonly bookingId: string };
  readonly onChange: () => void;
}

function save(ics: string): void {
  const address = URL.createObjectURL(new Blob([ics], { type: "text/calendar" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "reception.ics";
  link.click();
  URL.revokeObjectURL(address);
}

/** One booking: when, where, its calendar file, and giving it back. */
export function BookingPanel(props: BookingPanelProps) {
  const { say, rpc, language } = useReception();
  const errorText = useErrorText();
  const { booking, pass, onChange } = props;
  const cancel = useMutation(rpc.cancel.mutationOptions({ onSuccess: onChange }));
  const file = useMutation(rpc.calendarFile.mutationOptions({ onSuccess: ({ ics }) => save(ics) }));
  const failed = [cancel, file].find((one) => one.isError);
  return (
    <section className="ds-panel">
      <Stack gap="md">
        <Text
          fw={600}
        >{`${say(`code.state.${booking.visit}`)} · ${formatInstant(booking.at, language, booking.timeZone)}`}</Text>
        <DayFacts day={booking} />
        {booking.topic !== "" && <Text>{booking.topic}</Text>}
        {failed && (
          <Alert color="red" role="alert">
            {errorText(failed.error)}
          </Alert>
        )}
        {booking.visit === "booked" && (
          <Group>
            <Button variant="default" onClick={() => file.mutate(pass)}>
              {say("code.calendar")}
            </Button>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(pass)}>
              {say("code.cancel")}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}
