import {
  Alert,
  Button,
  ErrorState,
  Form,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { votes } from "../kinds.ts";
import { ConclusionLines, RecordLines, SettingLines } from "./hearing-story.tsx";
import { SignForm } from "./sign-form.tsx";
import { useHearing } from "./words.ts";

/** Somebody of the panel reads and signs the record, and votes; the chair concludes. */
export default function SeatPage() {
  const { say, rpc } = useHearing();
  const { params } = usePage();
  const errorText = useErrorText();
  const hearingId = params.hearingId ?? "";
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.one.queryOptions({ hearingId }, { staleTime: 0 }));
  const onSuccess = () => {
    setDone(say("conduct.done"));
    void found.refetch();
  };
  const sign = useMutation(rpc.signSeat.mutationOptions({ onSuccess }));
  const vote = useMutation(rpc.vote.mutationOptions({ onSuccess }));
  const conclude = useMutation(rpc.conclude.mutationOptions({ onSuccess }));
  const one = found.data;
  return (
    <Screen title={say("seat.title")} notice={done}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {one && (
          <>
            <section className="ds-panel">
              <SettingLines one={one} />
              <RecordLines record={one.record} there={one.there} />
              <ConclusionLines one={one} />
            </section>
            <p>{say("seat.rules")}</p>
            {one.maySign && (
              <SignForm
                busy={sign.isPending}
                error={sign.isError ? errorText(sign.error) : undefined}
                onSign={(signature) => sign.mutate({ hearingId, ...signature })}
              />
            )}
            {one.mayVote && (
              <section>
                <h2>{say("seat.vote")}</h2>
                <Text>
                  {say("seat.mine", {
                    vote: say(one.vote === null ? "seat.notYet" : `vote.${one.vote}`),
                    count: one.voted,
                  })}
                </Text>
                {vote.isError && (
                  <Alert color="red" role="alert">
                    {errorText(vote.error)}
                  </Alert>
                )}
                <Group>
                  {votes.map((how) => (
                    <Button
                      key={how}
                      variant="default"
                      loading={vote.isPending}
                      onClick={() => vote.mutate({ hearingId, vote: how })}
                    >
                      {say(`vote.${how}`)}
                    </Button>
                  ))}
                </Group>
              </section>
            )}
            {one.mayConclude && (
              <Form
                initial={{ conclusion: "" }}
                submitLabel={say("seat.conclude")}
                busy={conclude.isPending}
                error={conclude.isError ? errorText(conclude.error) : undefined}
                onSubmit={({ conclusion }) => conclude.mutate({ hearingId, conclusion })}
              >
                <TextArea
                  name="conclusion"
                  label={say("seat.conclusion")}
                  hint={say("seat.conclusionHint")}
                  rows={4}
                  maxLength={2_000}
                  required
                />
              </Form>
            )}
          </>
        )}
      </Stack>
    </Screen>
  );
}
