import {
  Alert,
  Button,
  Form,
  formatDate,
  Group,
  Screen,
  Stack,
  Text,
  TextField,
  useErrorText,
  useMutation,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { Agreed } from "./agreed.tsx";
import { StateBadge } from "./mediation-story.tsx";
import { Meetings } from "./meetings.tsx";
import { Rating } from "./rating.tsx";
import { useMediation } from "./words.ts";

/** The other side, by his code: typed here, sent in no address. He reads the dispute, and nothing of the petition. */
export default function OtherPage() {
  const { say, rpc, language } = useMediation();
  const errorText = useErrorText();
  const [done, setDone] = useState<string>();
  const look = useMutation(rpc.look.mutationOptions());
  const code = look.variables?.code ?? "";
  const answer = useMutation(
    rpc.answer.mutationOptions({
      onSuccess: () => {
        setDone(say("side.thanks"));
        look.mutate({ code });
      },
    }),
  );
  const rate = useMutation(
    rpc.rateByCode.mutationOptions({
      onSuccess: () => {
        setDone(say("rate.thanks"));
        look.mutate({ code });
      },
    }),
  );
  const seen = look.data;
  const on = (day: string) => formatDate(day, language);
  return (
    <Screen title={say("side.title")} notice={done}>
      <Stack gap="lg">
        {!seen && (
          <Form
            initial={{ code: "" }}
            submitLabel={say("side.show")}
            busy={look.isPending}
            error={look.isError ? errorText(look.error) : undefined}
            onSubmit={(values) => look.mutate({ code: values.code.trim() })}
          >
            <TextField
              name="code"
              label={say("side.code")}
              hint={say("side.codeHint")}
              required
              maxLength={60}
              monospace
            />
          </Form>
        )}
        {seen && (
          <section className="ds-panel">
            <Stack gap="md">
              <StateBadge state={seen.state} />
              <Text fw={600}>{seen.dispute}</Text>
              <Text>{say("mediator", { name: seen.mediatorName })}</Text>
              <Text>{say("side.rights", { days: seen.days })}</Text>
              <Text>{say("side.mine", { answer: say(`otherAnswer.${seen.answer}`) })}</Text>
              {seen.untilOn !== null && <Text size="sm">{say("until", { on: on(seen.untilOn) })}</Text>}
              <Meetings meetings={seen.meetings} timeZone={seen.timeZone} />
              <Agreed of={seen} />
              {seen.remedies !== null && <Text>{say("remedies", { words: seen.remedies })}</Text>}
              {answer.isError && (
                <Alert color="red" role="alert">
                  {errorText(answer.error)}
                </Alert>
              )}
              <Group>
                {seen.may.map((one) => (
                  <Button
                    key={one}
                    variant={one === "yes" ? "filled" : "default"}
                    loading={answer.isPending}
                    onClick={() => answer.mutate({ code, answer: one })}
                  >
                    {say(`side.answer.${one}`)}
                  </Button>
                ))}
              </Group>
              {seen.mayRate && (
                <Rating
                  busy={rate.isPending}
                  error={rate.isError ? errorText(rate.error) : undefined}
                  onRate={(score) => rate.mutate({ code, score })}
                />
              )}
            </Stack>
          </section>
        )}
      </Stack>
    </Screen>
  );
}
