import {
  Anchor,
  EmptyState,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { AskForm, EndForm, endings, MilestoneForm, PlanForm, ReachForm, VisitForm } from "./charge-forms.tsx";
import { ChargeStory } from "./charge-story.tsx";
import type { CaseChargeView } from "./charge-view.ts";
import { useLeaderDesk } from "./words.ts";

type Act = "plan" | "milestone" | "reach" | "visit" | "ask" | "end";

/** One petition for the leader who has taken it: the whole story, and what he may write down. */
export default function ChargePage() {
  const { say, rpc } = useLeaderDesk();
  const { params } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const charge = found.data;
  return (
    <Screen title={charge?.title ?? say("mine.title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {charge === null && <EmptyState title={say("tab.none")} />}
        {charge && (
          <>
            <ChargeStory charge={charge} />
            <Anchor href={`/desk/c/${charge.caseNo}`}>{say("toCase")}</Anchor>
            {charge.isMine ? (
              <NextAct key={`${charge.stage} ${charge.milestones.length} ${charge.visits.length}`} charge={charge} />
            ) : (
              <Text>{say("notMine")}</Text>
            )}
            {charge.mayHandOver && <EndForm charge={charge} outcomes={["handedOver"]} />}
          </>
        )}
      </Stack>
    </Screen>
  );
}

function NextAct({ charge }: { readonly charge: CaseChargeView }) {
  const { say } = useLeaderDesk();
  const { params } = usePage();
  const open = charge.milestones.some((one) => one.doneOn === null);
  const acts: readonly Act[] = charge.plan
    ? ["ask", "visit", "milestone", ...(open ? (["reach"] as const) : []), "plan", "end"]
    : ["plan", "ask", "visit", "end"];
  const wished = acts.find((one) => one === params.act);
  const [act, setAct] = useState<Act | "">(wished ?? (charge.plan ? "" : "plan"));
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("act.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {act === "plan" && <PlanForm charge={charge} onDone={() => setAct("")} />}
      {act === "milestone" && <MilestoneForm charge={charge} onDone={() => setAct("")} />}
      {act === "reach" && <ReachForm charge={charge} onDone={() => setAct("")} />}
      {act === "visit" && <VisitForm charge={charge} onDone={() => setAct("")} />}
      {act === "ask" && <AskForm charge={charge} onDone={() => setAct("")} />}
      {act === "end" && <EndForm charge={charge} outcomes={endings} />}
    </Stack>
  );
}
