import { Badge, Button, formatDate, formatInstant, Group, Text, usePage } from "@doorstep/sdk/ui";
import { type MatterView, titleOf } from "./matter-view.ts";
import { useSupervision } from "./words.ts";

const colors = { raised: "orange", asked: "indigo", answered: "teal", closed: "gray", dismissed: "gray" } as const;

function StateBadge(props: { readonly matter: MatterView }) {
  const { say } = useSupervision();
  const { state, isLate } = props.matter;
  return (
    <Badge variant="light" c="dark.9" color={isLate ? "red" : colors[state]}>
      {say(isLate ? "state.late" : `state.${state}`)}
    </Badge>
  );
}

/** The petition's number, where there is one, and the unit that answers. */
function Whose({ matter: { caseNo, holder } }: { readonly matter: MatterView }) {
  const { language } = useSupervision();
  if (caseNo === null) return holder[language];
  return (
    <>
      <span className="ds-mono">{caseNo}</span> · {holder[language]}
    </>
  );
}

/** Matters in a list: which petition, why, since when, how it stands. */
export function MatterList(props: {
  readonly matters: readonly MatterView[];
  readonly to: (matterId: string) => string;
}) {
  const { say, language } = useSupervision();
  const { go } = usePage();
  return (
    <ul className="ds-list">
      {props.matters.map((one) => (
        <li key={one.matterId} className="ds-panel">
          <Group justify="space-between">
            <div>
              <Text fw={600}>{titleOf(one, language)}</Text>
              <Text size="sm">
                <Whose matter={one} />
              </Text>
              <Group gap="sm">
                <StateBadge matter={one} />
                <Text size="sm">{[...new Set(one.triggers.map((why) => say(`trigger.${why.code}`)))].join(" · ")}</Text>
                <Text size="sm">{say("since", { at: formatInstant(one.openedAt, language) })}</Text>
                {one.state === "asked" && one.dueOn && (
                  <Text size="sm">{say("answerBy", { on: formatDate(one.dueOn, language) })}</Text>
                )}
              </Group>
            </div>
            <Button
              variant="default"
              onClick={() => go(props.to(one.matterId))}
              aria-label={`${say("open")} ${titleOf(one, language)}`}
            >
              {say("open")}
            </Button>
          </Group>
        </li>
      ))}
    </ul>
  );
}

/** Why a petition is supervised, and every step with its answer. */
export function MatterStory(props: { readonly matter: MatterView }) {
  const { say, language } = useSupervision();
  const { matter } = props;
  return (
    <>
      <Group gap="sm">
        <StateBadge matter={matter} />
        <Text size="sm">
          <Whose matter={matter} />
        </Text>
      </Group>
      <ul>
        {matter.triggers.map((why) => (
          <li key={`${why.code} ${why.at}`}>
            {say(`trigger.${why.code}`)} · {formatInstant(why.at, language)}
            {why.why !== "" && <Text>{why.why}</Text>}
          </li>
        ))}
      </ul>
      <ol className="ds-list">
        {matter.steps.map((step) => (
          <li key={step.no} className="ds-panel">
            <Text fw={600}>
              {say(`rung.${step.rung}`)} · {formatInstant(step.givenAt, language)}
            </Text>
            <Text>{step.bySelf ? say("bySelf") : step.words}</Text>
            <Text size="sm">{say("answerBy", { on: formatDate(step.dueOn, language) })}</Text>
            {step.answer !== null && step.answeredAt !== null && (
              <Text>{say("answered", { at: formatInstant(step.answeredAt, language), words: step.answer })}</Text>
            )}
            {step.sentBack !== null && <Text>{say("sentBack", { words: step.sentBack })}</Text>}
          </li>
        ))}
      </ol>
      {matter.result !== "" && <Text>{say("result", { words: matter.result })}</Text>}
    </>
  );
}
