import { Form, RadioCards, Screen, Stack, TextField, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useState } from "react";
import { PersonField } from "./person-field.tsx";
import { useReception } from "./words.ts";

/** Somebody else receives, or nobody; the reason is public. */
export default function ChangePage() {
  const { say, rpc } = useReception();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [how, setHow] = useState<"swap" | "cancel" | "">("swap");
  const sessionId = params.sessionId ?? "";
  const onSuccess = () => go("/", { replace: true });
  const swap = useMutation(rpc.swap.mutationOptions({ onSuccess }));
  const cancel = useMutation(rpc.cancelDay.mutationOptions({ onSuccess }));
  return (
    <Screen title={say("change.title")}>
      <Stack gap="lg">
        <RadioCards
          name="how"
          label={say("change.title")}
          hideLegend
          value={how}
          onChange={setHow}
          cards={[
            { value: "swap", label: say("change.swap") },
            { value: "cancel", label: say("change.cancel") },
          ]}
        />
        {how === "swap" ? (
          <Form
            key="swap"
            initial={{ leaderId: "", post: "", portfolio: "", reason: "" }}
            submitLabel={say("change.sendSwap")}
            busy={swap.isPending}
            error={swap.isError ? errorText(swap.error) : undefined}
            onSubmit={(values) => swap.mutate({ sessionId, ...values })}
          >
            <PersonField name="leaderId" label={say("publish.leader")} hint={say("publish.leaderHint")} required />
            <TextField name="post" label={say("publish.post")} required maxLength={60} />
            <TextField name="portfolio" label={say("publish.portfolio")} maxLength={120} />
            <TextField name="reason" label={say("change.why")} required maxLength={200} />
          </Form>
        ) : (
          <Form
            key="cancel"
            initial={{ reason: "" }}
            submitLabel={say("change.sendCancel")}
            busy={cancel.isPending}
            error={cancel.isError ? errorText(cancel.error) : undefined}
            onSubmit={({ reason }) => cancel.mutate({ sessionId, reason })}
          >
            <TextField name="reason" label={say("change.why")} required maxLength={200} />
          </Form>
        )}
      </Stack>
    </Screen>
  );
}
