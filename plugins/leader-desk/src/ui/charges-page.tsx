import {
  Anchor,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { ChargeView } from "./charge-view.ts";
import { DueWords } from "./due-words.tsx";
import { useMine } from "./use-today.ts";
import { useLeaderDesk } from "./words.ts";

const stages = ["plan", "working", "answered"] as const;
const OLD_DAYS = 180;
const MOST = 5;

/** L3: the petitions the reader has taken, by stage; how old each is stands first. */
export default function ChargesPage() {
  const { say } = useLeaderDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const [which, setWhich] = useState<"all" | "old" | "">("all");
  const mine = useMine();
  const shown = mine.data?.filter((one) => which !== "old" || one.ageDays > OLD_DAYS);
  const takeOne = (
    <Button variant={mine.data?.length === 0 ? "filled" : "default"} onClick={() => go("/take")}>
      {say("take.go")}
    </Button>
  );
  return (
    <Screen title={say("mine.title")} width="full">
      <Stack gap="lg">
        {mine.isPending && <Skeleton lines={6} />}
        {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
        {mine.data?.length === 0 && <EmptyState title={say("mine.none")} action={takeOne} />}
        {shown && mine.data && mine.data.length > 0 && (
          <>
            <Group justify="space-between">
              <Text>{say("mine.count", { n: mine.data.length, most: MOST })}</Text>
              {mine.data.length < MOST && takeOne}
            </Group>
            <RadioCards
              name="which"
              label={say("mine.which")}
              value={which}
              onChange={setWhich}
              cards={(["all", "old"] as const).map((value) => ({ value, label: say(`mine.${value}`) }))}
            />
            {shown.length === 0 && <EmptyState title={say("mine.noneOld")} />}
            <div className="desk-widgets">
              {stages.map((stage) => (
                <Column key={stage} stage={stage} charges={shown.filter((one) => one.stage === stage)} />
              ))}
            </div>
          </>
        )}
      </Stack>
    </Screen>
  );
}

function Column(props: { readonly stage: ChargeView["stage"]; readonly charges: readonly ChargeView[] }) {
  const { say } = useLeaderDesk();
  if (props.charges.length === 0) return null;
  return (
    <section aria-labelledby={`stage-${props.stage}`}>
      <h2 id={`stage-${props.stage}`}>{say(`stage.${props.stage}`)}</h2>
      <ul className="ds-list">
        {props.charges.map((one) => (
          <ChargeCard key={one.caseId} charge={one} />
        ))}
      </ul>
    </section>
  );
}

function ChargeCard({ charge }: { readonly charge: ChargeView }) {
  const { say, language } = useLeaderDesk();
  const { go } = usePage();
  const { title } = charge;
  return (
    <li className="ds-panel">
      <Stack gap="xs">
        <Text fw={700} size="xl">
          {say("age", { n: charge.ageDays })}
        </Text>
        <Anchor href={`/desk/p/leader-desk/c/${charge.caseId}`} fw={600}>
          {title}
        </Anchor>
        <Text size="sm">
          <span className="ds-mono">{charge.caseNo}</span> · {charge.holder[language]}
        </Text>
        {charge.next && (
          <div>
            <DueWords {...charge.next} />
          </div>
        )}
        <Text size="sm">
          {charge.lastMoveOn
            ? say("lastMove", { on: formatDate(charge.lastMoveOn, language) })
            : say("noMove", { on: formatDate(charge.takenOn, language) })}
        </Text>
        <Group>
          <Button
            onClick={() => go(`/c/${charge.caseId}${charge.stage === "working" ? "/ask" : ""}`)}
            aria-label={`${say(`do.${charge.stage}`)} ${title}`}
          >
            {say(`do.${charge.stage}`)}
          </Button>
        </Group>
      </Stack>
    </li>
  );
}
