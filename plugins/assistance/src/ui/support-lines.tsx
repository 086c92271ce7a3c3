import { Badge, formatDate, formatInstant, Group, Text } from "@doorstep/sdk/ui";
import type { SupportView } from "./support-view.ts";
import { useAssistance } from "./words.ts";

const colors = { open: "indigo", settled: "teal", withdrawn: "gray" } as const;

/** What was given, when, and how it stands. */
export function SupportHead(props: { readonly support: SupportView }) {
  const { say, language } = useAssistance();
  const { kind, givenOn, office, state, isDue, followOn } = props.support;
  return (
    <Group gap="sm">
      <Text fw={600}>{say(`kind.${kind}`)}</Text>
      <Badge variant="light" c="dark.9" color={isDue ? "orange" : colors[state]}>
        {say(isDue ? "state.due" : `state.${state}`)}
      </Badge>
      <Text size="sm">{say("givenBy", { on: formatDate(givenOn, language), office })}</Text>
      {followOn !== null && <Text size="sm">{say("followOn", { on: formatDate(followOn, language) })}</Text>}
    </Group>
  );
}

/** A hardship, what was given for it, and what was found each time somebody asked. */
export function SupportStory(props: { readonly support: SupportView }) {
  const { say, language } = useAssistance();
  const { support } = props;
  return (
    <>
      <SupportHead support={support} />
      <Text>{say("found", { words: support.found })}</Text>
      <Text>{say("given", { words: support.given })}</Text>
      {support.answers.length > 0 && (
        <ol>
          {support.answers.map((one) => (
            <li key={one.at}>
              {say(one.holds ? "answer.held" : "answer.notHeld", {
                at: formatInstant(one.at, language),
                words: one.words,
              })}
              {one.againOn !== null && ` ${say("answer.again", { on: formatDate(one.againOn, language) })}`}
            </li>
          ))}
        </ol>
      )}
      {support.withdrawnWhy !== null && <Text>{say("withdrawn", { why: support.withdrawnWhy })}</Text>}
    </>
  );
}

/** The petition that help belongs to. */
export function PetitionLine(props: { readonly support: SupportView }) {
  const { language } = useAssistance();
  const { title, caseNo, holder } = props.support;
  return (
    <>
      <Text fw={600}>{title}</Text>
      <Text size="sm">
        <span className="ds-mono">{caseNo}</span> · {holder[language]}
      </Text>
    </>
  );
}
