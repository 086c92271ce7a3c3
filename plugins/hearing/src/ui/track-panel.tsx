import {
  Alert,
  Button,
  type CasePartProps,
  ErrorState,
  Form,
  formatDate,
  Group,
  RadioCards,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { ConclusionLines, RecordLines, SettingLines } from "./hearing-story.tsx";
import type { AttendantView, SettingView } from "./hearing-view.ts";
import { SignForm } from "./sign-form.tsx";
import { useHearing } from "./words.ts";

/** Point `portal/track-panel@1`: the petitioner applies, reads what is set, asks that somebody leaves the panel, signs. */
export function TrackPanel({ caseId }: CasePartProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const found = useQuery(rpc.own.queryOptions({ caseId }, { staleTime: 0, retry: false }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const { mayApply, hearings } = found.data;
  const onDone = () => void found.refetch();
  return (
    <Stack>
      {hearings.length === 0 && !mayApply && <Text>{say("own.none")}</Text>}
      {hearings.map((one) => (
        <OwnHearing key={one.hearingId} caseId={caseId} one={one} onDone={onDone} />
      ))}
      {mayApply && <ApplyPart caseId={caseId} onDone={onDone} />}
    </Stack>
  );
}

interface ApplyPartProps {
  readonly caseId: string;
  readonly onDone: () => void;
}

function ApplyPart(props: ApplyPartProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const { caseId } = props;
  const [isWriting, setWriting] = useState(false);
  const [hearingId] = useState(() => crypto.randomUUID());
  const apply = useMutation(rpc.applyFor.mutationOptions({ onSuccess: props.onDone }));
  if (!isWriting)
    return (
      <>
        <Text>{say("own.may")}</Text>
        <div>
          <Button variant="default" onClick={() => setWriting(true)}>
            {say("own.apply")}
          </Button>
        </div>
      </>
    );
  return (
    <Form
      initial={{ wish: "" }}
      submitLabel={say("own.send")}
      busy={apply.isPending}
      error={apply.isError ? errorText(apply.error) : undefined}
      onSubmit={({ wish }) => apply.mutate({ caseId, hearingId, wish })}
    >
      <TextArea name="wish" label={say("own.wish")} hint={say("own.wishHint")} rows={4} maxLength={1_000} required />
    </Form>
  );
}

interface OwnHearingProps extends ApplyPartProps {
  readonly one: SettingView & {
    readonly record: string | null;
    readonly mine: AttendantView | null;
    readonly recusals: readonly {
      readonly personId: string;
      readonly granted: boolean | null;
      readonly reason: string | null;
    }[];
    readonly mayAskRecusal: boolean;
    readonly mayWithdraw: boolean;
    readonly maySign: boolean;
  };
}

function OwnHearing({ caseId, one, onDone }: OwnHearingProps) {
  const { say, rpc, language } = useHearing();
  const errorText = useErrorText();
  const { hearingId } = one;
  const sign = useMutation(rpc.signOwn.mutationOptions({ onSuccess: onDone }));
  const withdraw = useMutation(rpc.withdraw.mutationOptions({ onSuccess: onDone }));
  return (
    <Stack gap="sm">
      <SettingLines one={one} />
      {one.noticedOn !== null && (
        <Text size="sm">{say("notice.sent", { on: formatDate(one.noticedOn, language), no: one.noticeNo ?? "" })}</Text>
      )}
      {one.state === "called" && <Text size="sm">{say("own.rights")}</Text>}
      <RecordLines record={one.record} there={one.mine ? [one.mine] : []} />
      <ConclusionLines one={one} />
      {one.maySign && (
        <SignForm
          busy={sign.isPending}
          error={sign.isError ? errorText(sign.error) : undefined}
          onSign={(signature) => sign.mutate({ caseId, hearingId, ...signature })}
        />
      )}
      {withdraw.isError && (
        <Alert color="red" role="alert">
          {errorText(withdraw.error)}
        </Alert>
      )}
      {one.mayWithdraw && (
        <div>
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ caseId, hearingId })}>
            {say("own.withdraw")}
          </Button>
        </div>
      )}
      {one.recusals.map(({ personId, granted, reason }) => (
        <Text key={personId} size="sm">
          {say("own.recusal", { name: one.panel.find((each) => each.personId === personId)?.name ?? "" })}{" "}
          {granted === null
            ? say("recusal.open")
            : say(granted ? "recusal.granted" : "recusal.refused", { words: reason ?? "" })}
        </Text>
      ))}
      {one.mayAskRecusal && <AskRecusal key={one.recusals.length} caseId={caseId} one={one} onDone={onDone} />}
    </Stack>
  );
}

function AskRecusal({ caseId, one, onDone: onSuccess }: OwnHearingProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const [isWriting, setWriting] = useState(false);
  const [recusalId] = useState(() => crypto.randomUUID());
  const ask = useMutation(rpc.askRecusal.mutationOptions({ onSuccess }));
  const { hearingId } = one;
  const asked = new Set(one.recusals.map((each) => each.personId));
  const left = one.panel.filter((each) => !each.left && !asked.has(each.personId));
  return (
    <>
      {!isWriting && left.length > 0 && (
        <Group>
          <Button variant="default" onClick={() => setWriting(true)}>
            {say("own.askRecusal")}
          </Button>
        </Group>
      )}
      {isWriting && left.length > 0 && (
        <Form
          initial={{ personId: "", why: "" }}
          submitLabel={say("own.send")}
          busy={ask.isPending}
          error={ask.isError ? errorText(ask.error) : undefined}
          onSubmit={({ personId, why }) => ask.mutate({ caseId, hearingId, recusalId, personId, why })}
        >
          <RadioCards
            name="personId"
            label={say("own.who")}
            cards={left.map(({ personId, name }) => ({ value: personId, label: name }))}
            required
          />
          <TextArea name="why" label={say("own.why")} rows={2} maxLength={500} required />
        </Form>
      )}
    </>
  );
}
