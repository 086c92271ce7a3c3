import {
  Alert,
  Button,
  ConfirmDialog,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { SignedOut } from "./signed-out.tsx";
import { useJoint } from "./words.ts";
import { WordsPanel } from "./words-panel.tsx";

/** To whoever began it: the codes to hand on, how many signed, and filing for all. */
export default function OwnPage() {
  const { say, rpc, user } = useJoint();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [asks, setAsks] = useState(false);
  const draftId = params.draftId ?? "";
  const file = useMutation(rpc.file.mutationOptions());
  const found = useQuery({
    ...rpc.own.queryOptions({ draftId }, { staleTime: 0, retry: false }),
    enabled: user !== null && !file.isSuccess,
  });
  const drop = useMutation(rpc.drop.mutationOptions({ onSuccess: () => go("/", { replace: true }) }));
  const failed = [file, drop].find((one) => one.isError);
  if (!user) return <SignedOut to={`/p/joint-petition/${draftId}`} />;
  if (file.data)
    return (
      <Screen title={say("own.filed")}>
        <section className="ds-panel" aria-label={say("own.code")}>
          <p className="ds-hint">{say("own.code")}</p>
          <p className="ds-code">{file.data.returnCode}</p>
          <p>{say("own.keep", { count: file.data.signed })}</p>
          <p className="ds-hint">{say("own.number", { number: file.data.caseNo })}</p>
        </section>
        <Button onClick={() => go("portal:/t")}>{say("track")}</Button>
      </Screen>
    );
  const draft = found.data;
  return (
    <Screen title={say("own.title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {draft && (
          <>
            <WordsPanel words={draft.words} standing={draft} />
            <Invitation title={say("own.sign")} note={say("own.signNote")} code={draft.signCode} />
            <Invitation
              title={say("own.speak")}
              note={say("own.speakNote", { most: draft.most })}
              code={draft.speakCode}
            />
            {failed && (
              <Alert color="red" role="alert">
                {errorText(failed.error)}
              </Alert>
            )}
            {draft.signed < 2 && <Text>{say("own.waitSigner")}</Text>}
            {draft.agreed < draft.representatives && <Text>{say("own.waitSpeaker")}</Text>}
            {!draft.here && <Text>{say("own.elsewhere")}</Text>}
            <Group>
              <Button
                disabled={draft.signed < 2 || draft.agreed < draft.representatives || !draft.here}
                loading={file.isPending}
                onClick={() => file.mutate({ draftId })}
              >
                {say("own.file")}
              </Button>
              <Button variant="default" onClick={() => void found.refetch()}>
                {say("own.refresh")}
              </Button>
              <Button variant="default" onClick={() => setAsks(true)}>
                {say("own.drop")}
              </Button>
            </Group>
            <ConfirmDialog
              opened={asks}
              title={say("own.drop")}
              confirmLabel={say("own.drop")}
              busy={drop.isPending}
              onClose={() => setAsks(false)}
              onConfirm={() => drop.mutate({ draftId })}
            >
              {say("own.dropWhat")}
            </ConfirmDialog>
          </>
        )}
      </Stack>
    </Screen>
  );
}

function Invitation(props: { readonly title: string; readonly note: string; readonly code: string }) {
  const { say, unit } = useJoint();
  const { title, note, code } = props;
  const at = unit ? `?u=${encodeURIComponent(unit.code)}` : "";
  const link = `${window.location.origin}/p/joint-petition/sign${at}#${code}`;
  return (
    <section className="ds-panel" aria-label={title}>
      <Title order={2}>{title}</Title>
      <p>{note}</p>
      <p className="ds-code">{code}</p>
      <p className="ds-hint">{say("own.link")}</p>
      <p style={{ overflowWrap: "anywhere" }}>{link}</p>
    </section>
  );
}
