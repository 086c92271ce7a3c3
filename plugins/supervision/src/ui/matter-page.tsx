import {
  Anchor,
  Button,
  DateField,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  useMutation,
  usePage,
  usePlugin,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { Rung } from "../ladder.ts";
import { FollowupForms, LeaderField } from "./followup-forms.tsx";
import { FollowupLines } from "./followup-parts.tsx";
import { MatterStory } from "./matter-lines.tsx";
import { titleOf } from "./matter-view.ts";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

type Act = Rung | "dismiss" | "accept" | "sendBack";

interface Actions {
  readonly matterId: string;
  readonly next: readonly Rung[];
  readonly mayDismiss: boolean;
  readonly mayJudge: boolean;
}

/** One matter for whoever supervises it: the whole story, and what may be done next. */
export default function MatterPage() {
  const { say, rpc, language } = useSupervision();
  const { params } = usePage();
  const errorText = useErrorText();
  const matterId = params.matterId ?? "";
  const matter = useQuery(rpc.one.queryOptions({ matterId }, { staleTime: 0 }));
  return (
    <Screen title={matter.data ? titleOf(matter.data, language) : say("title")}>
      <Stack gap="lg">
        {matter.isPending && <Skeleton lines={5} />}
        {matter.isError && <ErrorState title={errorText(matter.error)} onRetry={() => void matter.refetch()} />}
        {matter.data && (
          <>
            <MatterStory matter={matter.data} />
            {matter.data.caseNo !== null && <Anchor href={`/desk/c/${matter.data.caseNo}`}>{say("toCase")}</Anchor>}
            {matter.data.caseId !== null && <HandOn matterId={matterId} caseId={matter.data.caseId} />}
            <FollowupLines matter={matter.data} />
            <FollowupForms key={`forms ${matter.data.state} ${matter.data.steps.length}`} matter={matter.data} />
            <NextAct key={`${matter.data.state} ${matter.data.steps.length}`} {...matter.data} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

/** Who looks for what lies behind a matter: known by its id and its address alone, so that either is there without the other. */
const ROOT_CAUSE = { id: "root-cause" } as const;

function HandOn(props: { readonly matterId: string; readonly caseId: string }) {
  const { say } = useSupervision();
  const { go } = usePage();
  const { can } = usePlugin(ROOT_CAUSE);
  if (!can("keep")) return null;
  return (
    <div>
      <Button
        variant="default"
        onClick={() => go(`portal:/desk/p/root-cause/new/supervision/${props.matterId}/${props.caseId}`)}
      >
        {say("handOn")}
      </Button>
    </div>
  );
}

function NextAct(props: Actions) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const acts: readonly Act[] = [
    ...props.next,
    ...(props.mayDismiss ? (["dismiss"] as const) : []),
    ...(props.mayJudge ? (["accept", "sendBack"] as const) : []),
  ];
  const [act, setAct] = useState<Act | "">(acts.length === 1 ? (acts[0] ?? "") : "");
  const onSuccess = () => client.invalidateQueries();
  const ask = useMutation(rpc.ask.mutationOptions({ onSuccess }));
  const judge = useMutation(rpc.judge.mutationOptions({ onSuccess }));
  const dismiss = useMutation(rpc.dismiss.mutationOptions({ onSuccess }));
  const { matterId } = props;
  const send = (words: string, { listedUntil = "", leaderId = "" }: Readonly<Record<string, string>>): void => {
    if (act === "") return;
    if (act === "dismiss") dismiss.mutate({ matterId, why: words });
    else if (act === "accept" || act === "sendBack") judge.mutate({ matterId, accept: act === "accept", words });
    else ask.mutate({ matterId, rung: act, words, ...(act === "listed" && { listedUntil, leaderId }) });
  };
  const error = ask.error ?? judge.error ?? dismiss.error;
  if (acts.length === 0) return null;
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("act.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {act !== "" && (
        <WordsForm
          key={act}
          label={say(
            act === "dismiss" ? "act.why" : act === "accept" || act === "sendBack" ? "act.judged" : "act.words",
          )}
          submitLabel={say("act.send")}
          busy={ask.isPending || judge.isPending || dismiss.isPending}
          error={error ? errorText(error) : undefined}
          more={{ listedUntil: "", leaderId: "" }}
          onSubmit={send}
        >
          {act === "listed" && (
            <>
              <LeaderField name="leaderId" label={say("followup.responsibleLabel")} />
              <DateField name="listedUntil" label={say("act.listedUntil")} required />
            </>
          )}
        </WordsForm>
      )}
    </Stack>
  );
}
