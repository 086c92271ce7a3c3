import { Badge, formatDate, Group, Text } from "@doorstep/sdk/ui";
import { Agreed } from "./agreed.tsx";
import type { MediationView } from "./mediation-view.ts";
import { useMediation } from "./words.ts";

const colors = {
  ...{ offered: "indigo", running: "indigo", settled: "teal", kept: "teal", broken: "orange", ended: "gray" },
} as const;

export function StateBadge(props: { readonly state: MediationView["state"] }) {
  const { say } = useMediation();
  return (
    <Badge variant="light" c="dark.9" color={colors[props.state]}>
      {say(`state.${props.state}`)}
    </Badge>
  );
}

/** How a mediation stands: never what was said in it. */
export function MediationStory(props: { readonly one: MediationView }) {
  const { say, language } = useMediation();
  const { one } = props;
  const on = (day: string) => formatDate(day, language);
  return (
    <>
      <Group gap="sm">
        <Text fw={600}>{say(`tier.${one.tier}`)}</Text>
        <StateBadge state={one.state} />
        {one.state === "running" && one.untilOn !== null && (
          <Text size="sm">{say("until", { on: on(one.untilOn) })}</Text>
        )}
      </Group>
      <Text>{say("dispute", { words: one.dispute })}</Text>
      <Text size="sm">{say("mediator", { name: one.mediatorName })}</Text>
      {one.petitionerAnswer !== null && (
        <Text size="sm">{say("petitioner", { answer: say(`petitionerAnswer.${one.petitionerAnswer}`) })}</Text>
      )}
      {one.state === "offered" && one.petitionerWish && <Text fw={600}>{say("wished")}</Text>}
      <Text size="sm">{say("other", { answer: say(`otherAnswer.${one.otherAnswer}`) })}</Text>
      {one.talks > 0 && <Text size="sm">{say("talks", { count: one.talks })}</Text>}
      <Agreed of={one} />
      {one.toRecord && <Text size="sm">{say("record")}</Text>}
      {one.state === "broken" && <Text size="sm">{say("afterBreach")}</Text>}
      {one.endedBecause !== null && <Text size="sm">{say(`because.${one.endedBecause}`)}</Text>}
      {one.remedies !== null && <Text size="sm">{say("remedies", { words: one.remedies })}</Text>}
      {one.visits.length > 0 && (
        <ol>
          {one.visits.map((visit) => (
            <li key={visit.visitId}>
              {visit.kept === null
                ? say("visit.due", { on: on(visit.dueOn) })
                : say(visit.kept ? "visit.kept" : "visit.broken", { on: on(visit.dueOn), words: visit.words ?? "" })}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
