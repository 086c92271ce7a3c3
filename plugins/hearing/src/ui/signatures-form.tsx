import { Form, RadioCards, Stack, TextArea, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useState } from "react";
import type { ActFormProps } from "./conduct-forms.tsx";
import { SignForm } from "./sign-form.tsx";
import { useHearing } from "./words.ts";

/** In the room: one after the other signs on this screen, or it is noted why he does not. */
export function SignaturesForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const { hearingId } = one;
  const [attendantId, setAttendant] = useState("");
  const [how, setHow] = useState<"signs" | "not" | "">("signs");
  const sign = useMutation(rpc.signInRoom.mutationOptions({ onSuccess }));
  const not = useMutation(rpc.noSignature.mutationOptions({ onSuccess }));
  const open = one.there.filter((each) => !each.signed && each.declined === null);
  return (
    <Stack>
      <RadioCards
        name="attendant"
        label={say("sign.who")}
        value={attendantId}
        onChange={setAttendant}
        cards={open.map((each) => ({
          value: each.attendantId,
          label: each.kind === "petitioner" ? say("petitioner") : (each.part ?? say("someone")),
        }))}
      />
      {attendantId !== "" && (
        <RadioCards
          name="how"
          label={say("sign.how")}
          value={how}
          onChange={setHow}
          cards={(["signs", "not"] as const).map((value) => ({ value, label: say(`sign.${value}`) }))}
        />
      )}
      {attendantId !== "" && how === "signs" && (
        <SignForm
          key={attendantId}
          busy={sign.isPending}
          error={sign.isError ? errorText(sign.error) : undefined}
          onSign={(signature) => sign.mutate({ hearingId, attendantId, ...signature })}
        />
      )}
      {attendantId !== "" && how === "not" && (
        <Form
          key={attendantId}
          initial={{ why: "" }}
          submitLabel={say("conduct.confirm")}
          busy={not.isPending}
          error={not.isError ? errorText(not.error) : undefined}
          onSubmit={({ why }) => not.mutate({ hearingId, attendantId, why })}
        >
          <TextArea name="why" label={say("sign.why")} rows={2} maxLength={300} required />
        </Form>
      )}
    </Stack>
  );
}
