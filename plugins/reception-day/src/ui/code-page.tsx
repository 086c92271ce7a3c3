import { Button, Form, Screen, Stack, TextField, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useState } from "react";
import { BookingPanel } from "./booking-panel.tsx";
import { useReception } from "./words.ts";

/** A booking by its code: typed here, sent once, and never part of an address. */
export default function CodePage() {
  const { say, rpc } = useReception();
  const { go } = usePage();
  const errorText = useErrorText();
  const [done, setDone] = useState<string>();
  const show = useMutation(rpc.booking.mutationOptions());
  const code = show.variables && "code" in show.variables ? show.variables.code : "";
  return (
    <Screen title={say("code.title")} notice={done}>
      <Stack gap="lg">
        <Form
          initial={{ code: "" }}
          submitLabel={say("code.show")}
          busy={show.isPending}
          error={show.isError ? errorText(show.error) : undefined}
          onSubmit={(values) => show.mutate({ code: values.code.trim() })}
        >
          <TextField name="code" label={say("code.field")} required maxLength={40} monospace />
        </Form>
        {show.data && (
          <BookingPanel
            booking={show.data}
            pass={{ code }}
            onChange={() => {
              setDone(say("code.gone"));
              show.reset();
            }}
          />
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
