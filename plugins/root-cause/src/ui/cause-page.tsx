import { ErrorState, RadioCards, Screen, Skeleton, Stack, useErrorText, usePage, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { AskForm, DecideForm, DoneForm, DropForm, EndStepForm, JudgeForm, LinkForm, StepForm } from "./cause-forms.tsx";
import { CauseStory } from "./cause-story.tsx";
import type { CauseView } from "./cause-view.ts";
import { useRootCause } from "./words.ts";

const forms = {
  decide: DecideForm,
  drop: DropForm,
  step: StepForm,
  endStep: EndStepForm,
  done: DoneForm,
  judge: JudgeForm,
  ask: AskForm,
  link: LinkForm,
} as const;
type Act = keyof typeof forms;

/** What may be done next, by the state the work is in. */
function actsOf(cause: CauseView): readonly Act[] {
  const hasOpenStep = cause.rounds.at(-1)?.steps.some((step) => step.doneOn === null) ?? false;
  const may: readonly (readonly [Act, boolean])[] = [
    ["decide", cause.mayDecide],
    ["endStep", cause.mayFix && hasOpenStep],
    ["step", cause.mayFix],
    ["done", cause.mayFix && !hasOpenStep],
    ["judge", cause.mayJudge],
    ["ask", cause.mayAsk],
    ["link", cause.mayLink],
    ["drop", cause.mayDecide],
  ];
  return may.flatMap(([act, is]) => (is ? [act] : []));
}

/** One root cause: the whole story, and what comes next. */
export default function CausePage() {
  const { say, rpc } = useRootCause();
  const { params } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.one.queryOptions({ causeId: params.causeId ?? "" }, { staleTime: 0 }));
  const cause = found.data;
  return (
    <Screen title={cause?.title ?? say("title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {cause && (
          <>
            <CauseStory cause={cause} />
            <NextAct
              key={`${cause.state} ${cause.round} ${JSON.stringify(cause.rounds.at(-1)?.steps)}`}
              cause={cause}
            />
          </>
        )}
      </Stack>
    </Screen>
  );
}

function NextAct({ cause }: { readonly cause: CauseView }) {
  const { say } = useRootCause();
  const acts = actsOf(cause);
  const [act, setAct] = useState<Act | "">("");
  if (acts.length === 0) return null;
  const Chosen = act === "" ? null : forms[act];
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("act.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {Chosen && <Chosen key={act} cause={cause} />}
    </Stack>
  );
}
