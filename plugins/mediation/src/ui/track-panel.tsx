import {
  Alert,
  Button,
  type CasePartProps,
  ErrorState,
  Form,
  formatDate,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { Agreed } from "./agreed.tsx";
import { StateBadge } from "./mediation-story.tsx";
import { Meetings } from "./meetings.tsx";
import { Rating } from "./rating.tsx";
import { useMediation } from "./words.ts";

/** Point `portal/track-panel@1`: the petitioner asks for mediation, and follows the one that was offered. */
export function TrackPanel(props: CasePartProps) {
  const { say, rpc, language } = useMediation();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.own.queryOptions({ caseId }, { staleTime: 0 }));
  const [done, setDone] = useState<string>();
  const onSuccess = (words: string) => () => {
    setDone(words);
    void found.refetch();
  };
  const wish = useMutation(rpc.wishAnother.mutationOptions({ onSuccess: onSuccess(say("own.done")) }));
  const rate = useMutation(rpc.rateOwn.mutationOptions({ onSuccess: onSuccess(say("rate.thanks")) }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={2} />;
  const { timeZone, mayAsk, application, mediation: one } = found.data;
  const on = (day: string) => formatDate(day, language);
  return (
    <Stack gap="md">
      <div role="status">{done}</div>
      {one && (
        <>
          <StateBadge state={one.state} />
          <Text>{say("dispute", { words: one.dispute })}</Text>
          <Text size="sm">{say("mediator", { name: one.mediatorName })}</Text>
          {one.state === "running" && one.untilOn !== null && (
            <Text size="sm">{say("until", { on: on(one.untilOn) })}</Text>
          )}
          <Meetings meetings={one.meetings} timeZone={timeZone} />
          <Agreed of={one} />
          <OtherWays state={one.state} remedies={one.remedies} />
          {one.state === "offered" && one.wished && <Text>{say("own.wished")}</Text>}
          {wish.isError && (
            <Alert color="red" role="alert">
              {errorText(wish.error)}
            </Alert>
          )}
          {one.mayWish && (
            <div>
              <Button variant="default" loading={wish.isPending} onClick={() => wish.mutate({ caseId })}>
                {say("own.wish")}
              </Button>
            </div>
          )}
          {one.mayRate && (
            <Rating
              busy={rate.isPending}
              error={rate.isError ? errorText(rate.error) : undefined}
              onRate={(score) => rate.mutate({ caseId, mediationId: one.mediationId, score })}
            />
          )}
        </>
      )}
      {application?.state === "open" && <Text>{say("own.asked", { words: application.dispute })}</Text>}
      {application?.state === "declined" && application.answer !== null && (
        <Text>{say("own.declined", { words: application.answer })}</Text>
      )}
      {!(mayAsk || one || application) && <Text>{say("own.notNow")}</Text>}
      {mayAsk && <Asking caseId={caseId} onDone={onSuccess(say("own.done"))} />}
    </Stack>
  );
}

/** Where nothing was agreed on, or the agreement was not kept. */
function OtherWays(props: { readonly state: string; readonly remedies: string | null }) {
  const { say } = useMediation();
  return (
    <>
      {props.state === "broken" && <Text>{say("own.broken")}</Text>}
      {props.remedies !== null && <Text>{say("remedies", { words: props.remedies })}</Text>}
    </>
  );
}

function Asking(props: { readonly caseId: string; readonly onDone: () => void }) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const [applicationId] = useState(() => crypto.randomUUID());
  const [isOpen, setOpen] = useState(false);
  const ask = useMutation(rpc.askFor.mutationOptions({ onSuccess: props.onDone }));
  if (!isOpen)
    return (
      <Stack gap="sm">
        <Text>{say("own.lead")}</Text>
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("own.ask")}
          </Button>
        </div>
      </Stack>
    );
  return (
    <Form
      initial={{ dispute: "" }}
      submitLabel={say("own.ask")}
      busy={ask.isPending}
      error={ask.isError ? errorText(ask.error) : undefined}
      onSubmit={({ dispute }) => ask.mutate({ applicationId, caseId: props.caseId, dispute })}
    >
      <TextArea
        name="dispute"
        label={say("own.dispute")}
        hint={say("own.disputeHint")}
        rows={3}
        maxLength={500}
        required
      />
    </Form>
  );
}
