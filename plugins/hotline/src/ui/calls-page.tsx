import {
  Button,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { CallPart } from "./call-part.tsx";
import { OwedCalls } from "./owed-calls.tsx";
import { useHotline } from "./words.ts";

/** Point `desk/page@1`: the call that is on, or the button that takes the next one; and what was promised. */
export function CallsPage() {
  const { say, rpc } = useHotline();
  const errorText = useErrorText();
  const client = useQueryClient();
  const today = useQuery(rpc.today.queryOptions());
  // What was registered stays on the screen until the next call is taken.
  const [held, setHeld] = useState<{ readonly callId: string; readonly no: number; readonly beganAt: string }>();
  const [callId, setCallId] = useState(() => crypto.randomUUID());
  const begin = useMutation(
    rpc.begin.mutationOptions({
      onSuccess: async (begun) => {
        setHeld({ callId, ...begun });
        setCallId(crypto.randomUUID());
        await client.invalidateQueries(rpc.today.queryFilter());
      },
    }),
  );
  const running = held ?? today.data?.running;
  const next = () => begin.mutate({ callId });
  if (running)
    return (
      <CallPart
        key={running.callId}
        {...running}
        isBeginning={begin.isPending}
        onNext={next}
        onEnded={() => {
          setHeld(undefined);
          void client.invalidateQueries(rpc.today.queryFilter());
        }}
      />
    );
  return (
    <Screen title={say("page.title")} width="wide">
      <Stack gap="xl">
        {today.isPending && <Skeleton lines={4} />}
        {today.isError && <ErrorState title={errorText(today.error)} onRetry={() => void today.refetch()} />}
        {today.data && (
          <>
            <section className="ds-panel" aria-label={say("page.begin")}>
              <Stack>
                <Text>{say("page.idle")}</Text>
                <Group>
                  <Button autoFocus size="lg" loading={begin.isPending} onClick={next}>
                    {say("page.begin")}
                  </Button>
                </Group>
                <Text size="sm">{say("page.keys")}</Text>
                {begin.error && (
                  <p role="alert" className="ds-error">
                    {errorText(begin.error)}
                  </p>
                )}
              </Stack>
            </section>
            <OwedCalls owed={today.data.owed} />
            <section aria-labelledby="ended">
              <Title order={2} id="ended">
                {say("today.title")}
              </Title>
              <ul className="ds-list">
                {today.data.ended.map(({ outcome, count }) => (
                  <li key={outcome}>{say("today.row", { outcome: say(`call.${outcome}`), count })}</li>
                ))}
              </ul>
            </section>
          </>
        )}
      </Stack>
    </Screen>
  );
}
