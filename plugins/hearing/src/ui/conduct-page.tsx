import {
  Anchor,
  EmptyState,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { CallForm } from "./call-form.tsx";
import { AnewForm, RecusalForm, TakeUpForm, WhyForm } from "./conduct-forms.tsx";
import { HearingStory } from "./hearing-story.tsx";
import type { HearingView } from "./hearing-view.ts";
import { RecordForm } from "./record-form.tsx";
import { ReplaceForm } from "./replace-form.tsx";
import { SignaturesForm } from "./signatures-form.tsx";
import { useHearing } from "./words.ts";

type Act = "call" | "turnDown" | "anew" | "recusal" | "replace" | "record" | "sign" | "takeUp" | "callOff";

/** What comes next, the usual step first. */
function actsOf(one: HearingView): readonly Act[] {
  const acts: readonly (readonly [boolean, Act])[] = [
    [one.mayAnswer, "call"],
    [one.mayAnswer, "turnDown"],
    [one.recusals.some((each) => each.mayDecide), "recusal"],
    [one.mayReplace, "replace"],
    [one.maySign && one.there.some((each) => !each.signed && each.declined === null), "sign"],
    [one.mayRecord, "record"],
    [one.mayTakeUp, "takeUp"],
    [one.mayRewrite, "anew"],
    [one.mayCallOff, "callOff"],
  ];
  return acts.flatMap(([may, act]) => (may ? [act] : []));
}

/** What the unit does about the hearing that is open, and what a leader decides about its panel. */
export default function ConductPage() {
  const { say, rpc } = useHearing();
  const { params } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const [one] = found.data?.hearings ?? [];
  return (
    <Screen title={say("conduct.title")} notice={done} width="wide">
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data && !one && <EmptyState title={say("tab.none")} />}
        {found.data && one && (
          <>
            <section className="ds-panel">
              <HearingStory one={one} />
            </section>
            <Anchor href={`/desk/c/${found.data.caseNo}`}>{say("toCase")}</Anchor>
            <NextAct
              key={`${one.state} ${one.panel.length} ${one.there.filter((each) => each.signed || each.declined).length} ${one.recusals.filter((each) => each.mayDecide).length}`}
              one={one}
              caseId={caseId}
              isConfidential={found.data.confidential}
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

interface NextActProps {
  readonly one: HearingView;
  readonly caseId: string;
  readonly isConfidential: boolean;
  readonly onDone: () => void;
}

function NextAct(props: NextActProps) {
  const { say } = useHearing();
  const { one, onDone } = props;
  const acts = actsOf(one);
  const [act, setAct] = useState<Act | "">("");
  if (acts.length === 0) return null;
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("conduct.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {act === "call" && (
        <CallForm
          caseId={props.caseId}
          hearingId={one.hearingId}
          isApplied
          isConfidential={props.isConfidential}
          onDone={onDone}
        />
      )}
      {(act === "turnDown" || act === "callOff") && <WhyForm key={act} act={act} one={one} onDone={onDone} />}
      {act === "anew" && <AnewForm one={one} onDone={onDone} />}
      {act === "recusal" && <RecusalForm one={one} onDone={onDone} />}
      {act === "replace" && <ReplaceForm one={one} onDone={onDone} />}
      {act === "record" && <RecordForm one={one} onDone={onDone} />}
      {act === "sign" && <SignaturesForm one={one} onDone={onDone} />}
      {act === "takeUp" && <TakeUpForm one={one} onDone={onDone} />}
    </Stack>
  );
}
