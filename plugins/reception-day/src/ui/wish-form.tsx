import { Button, Form, Stack, Text, TextField, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useState } from "react";
import { useReception } from "./words.ts";

/** No time is free: a wish can be left, in a line or in none, by whoever stands here. */
export function WishForm(props: { readonly why: string }) {
  const { say, rpc, user } = useReception();
  const { go } = usePage();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const wish = useMutation(rpc.wish.mutationOptions());
  return (
    <section className="ds-panel" aria-label={say("wish.title")}>
      <Stack gap="md">
        <Text>{props.why}</Text>
        {wish.isSuccess ? (
          <p role="status">{say(user ? "wish.doneTold" : "wish.done")}</p>
        ) : (
          <Form
            initial={{ topic: "" }}
            submitLabel={say("wish.send")}
            busy={wish.isPending}
            error={wish.isError ? errorText(wish.error) : undefined}
            onSubmit={({ topic }) => wish.mutate({ key, topic })}
          >
            <TextField name="topic" label={say("book.topic")} hint={say("book.topicHint")} maxLength={100} />
          </Form>
        )}
        <div>
          <Button variant="default" onClick={() => go("portal:/file")}>
            {say("calendar.toFiling")}
          </Button>
        </div>
      </Stack>
    </section>
  );
}
