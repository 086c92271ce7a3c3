import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type End, ends } from "../kinds.ts";
import { CodeShown } from "./code-shown.tsx";
import { MediationStory } from "./mediation-story.tsx";
import type { MediationView } from "./mediation-view.ts";
import { MediatorField } from "./mediator-field.tsx";
import { useMediation } from "./words.ts";

/** What whoever handles the petition does about its newest mediation. */
export default function ConductPage() {
  const { say, rpc } = useMediation();
  const { params } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const [newest] = found.data ?? [];
  return (
    <Screen title={say("conduct.title")} notice={done}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data && !newest && <EmptyState title={say("tab.none")} />}
        {newest && (
          <>
            <section className="ds-panel">
              <MediationStory one={newest} />
            </section>
            <Acts
              key={`${newest.state} ${newest.visits.filter((one) => one.kept !== null).length}`}
              one={newest}
              caseId={caseId}
              onDone={() => {
                setDone(say("conduct.done"));
                void found.refetch();
              }}
            />
          </>
        )}
      </Stack>
    </Screen>
  );
}

type Act = "replace" | "end" | "kept" | "broken";

interface ActsProps {
  readonly one: MediationView;
  readonly caseId: string;
  readonly onDone: () => void;
}

function Acts(props: ActsProps) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const { one, caseId, onDone: onSuccess } = props;
  const { mediationId } = one;
  const [act, setAct] = useState<Act | "">("");
  const begin = useMutation(rpc.begin.mutationOptions({ onSuccess }));
  const renew = useMutation(rpc.replaceCode.mutationOptions());
  const visit = one.visits.find((each) => each.mayBreak);
  if (renew.data) return <CodeShown code={renew.data.code} caseId={caseId} />;
  const acts: readonly Act[] = [
    ...(visit?.mayAnswer ? (["kept"] as const) : []),
    ...(visit ? (["broken"] as const) : []),
    ...(one.mayReplace ? (["replace"] as const) : []),
    ...(one.mayEnd ? (["end"] as const) : []),
  ];
  const failed = begin.error ?? renew.error;
  return (
    <Stack>
      {failed && (
        <Alert color="red" role="alert">
          {errorText(failed)}
        </Alert>
      )}
      <Group>
        {one.mayBegin && (
          <Button loading={begin.isPending} onClick={() => begin.mutate({ mediationId })}>
            {say("conduct.begin")}
          </Button>
        )}
        {one.mayRenewCode && (
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate({ mediationId })}>
            {say("conduct.renew")}
          </Button>
        )}
      </Group>
      {acts.length > 0 && (
        <RadioCards
          name="act"
          label={say("conduct.what")}
          value={act}
          onChange={setAct}
          cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
        />
      )}
      {act === "replace" && <Replace caseId={caseId} mediationId={mediationId} onDone={onSuccess} />}
      {act === "end" && <Ending mediationId={mediationId} onDone={onSuccess} />}
      {visit && (act === "kept" || act === "broken") && (
        <Visit key={act} visitId={visit.visitId} kept={act === "kept"} onDone={onSuccess} />
      )}
    </Stack>
  );
}

function Replace(props: { readonly caseId: string; readonly mediationId: string; readonly onDone: () => void }) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const replace = useMutation(rpc.replaceMediator.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form
      initial={{ mediatorId: "" }}
      submitLabel={say("conduct.confirm")}
      busy={replace.isPending}
      error={replace.isError ? errorText(replace.error) : undefined}
      onSubmit={({ mediatorId }) => replace.mutate({ mediationId: props.mediationId, mediatorId })}
    >
      <MediatorField caseId={props.caseId} />
    </Form>
  );
}

function Ending(props: { readonly mediationId: string; readonly onDone: () => void }) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const end = useMutation(rpc.end.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form<{ readonly because: End | ""; readonly remedies: string }>
      initial={{ because: "", remedies: "" }}
      submitLabel={say("conduct.confirm")}
      busy={end.isPending}
      error={end.isError ? errorText(end.error) : undefined}
      onSubmit={({ because, remedies }) => {
        if (because !== "") end.mutate({ mediationId: props.mediationId, because, remedies });
      }}
    >
      <RadioCards
        name="because"
        label={say("conduct.because")}
        cards={ends.map((value) => ({ value, label: say(`because.${value}`) }))}
        required
      />
      <TextArea
        name="remedies"
        label={say("conduct.remedies")}
        hint={say("conduct.remediesHint")}
        rows={3}
        maxLength={1_000}
        required
      />
    </Form>
  );
}

function Visit(props: { readonly visitId: string; readonly kept: boolean; readonly onDone: () => void }) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const { visitId, kept } = props;
  const visited = useMutation(rpc.visited.mutationOptions({ onSuccess: props.onDone }));
  return (
    <Form
      initial={{ words: "" }}
      submitLabel={say("conduct.confirm")}
      busy={visited.isPending}
      error={visited.isError ? errorText(visited.error) : undefined}
      onSubmit={({ words }) => visited.mutate({ visitId, kept, words })}
    >
      <TextArea name="words" label={say("visit.words")} rows={3} maxLength={500} required />
    </Form>
  );
}
