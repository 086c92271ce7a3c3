import { Badge, formatDate, formatInstant, Group, Text } from "@doorstep/sdk/ui";
import type { AffairView, LetterView } from "./affair-view.ts";
import { useLiaison } from "./words.ts";

const colors = { open: "indigo", confirmed: "teal", notWanted: "gray" } as const;

/** How it stands, who stays with it, when the petitioner hears next. */
export function AffairHead(props: { readonly affair: AffairView }) {
  const { say, language } = useLiaison();
  const { state, isDue, helper, nextOn } = props.affair;
  return (
    <Group gap="sm">
      <Badge variant="light" c="dark.9" color={isDue ? "orange" : colors[state]}>
        {say(isDue ? "state.due" : `state.${state}`)}
      </Badge>
      <Text size="sm">{say("helper", { name: helper ?? say("someone") })}</Text>
      {nextOn !== null && <Text size="sm">{say("nextOn", { on: formatDate(nextOn, language) })}</Text>}
    </Group>
  );
}

function LetterLines(props: { readonly letter: LetterView }) {
  const { say, language } = useLiaison();
  const { letter } = props;
  return (
    <>
      <Group gap="sm">
        <Text fw={600}>{letter.office}</Text>
        <Text size="sm">{say(`letter.${letter.state}`)}</Text>
        {letter.number !== null && letter.sentOn !== null && (
          <Text size="sm">
            {say("letter.number", { number: letter.number, on: formatDate(letter.sentOn, language) })}
          </Text>
        )}
      </Group>
      <Text>{letter.request}</Text>
      <Text size="sm">{say(`agreed.${letter.agreedBy}`, { on: formatDate(letter.agreedOn, language) })}</Text>
      {letter.wishedOn !== null && letter.answer === null && (
        <Text size="sm">{say("letter.wished", { on: formatDate(letter.wishedOn, language) })}</Text>
      )}
      {letter.answer !== null && letter.answeredOn !== null && (
        <Text>{say("letter.answer", { on: formatDate(letter.answeredOn, language), words: letter.answer })}</Text>
      )}
    </>
  );
}

/** The letters with their answers, and what the petitioner was told. */
export function AffairStory(props: { readonly affair: AffairView }) {
  const { say, language } = useLiaison();
  const { affair } = props;
  return (
    <>
      <AffairHead affair={affair} />
      {affair.consent && (
        <Text>{say(`consent.${affair.consent.state}`, { on: formatDate(affair.consent.on, language) })}</Text>
      )}
      {affair.letters.length === 0 && <Text>{say("letter.none")}</Text>}
      <ul className="ds-list">
        {affair.letters.map((letter) => (
          <li key={letter.letterId} className="ds-panel">
            <LetterLines letter={letter} />
          </li>
        ))}
      </ul>
      {affair.told.length > 0 && (
        <>
          <Text fw={600}>{say("told")}</Text>
          <ol>
            {affair.told.map((one) => (
              <li key={one.at}>
                {formatInstant(one.at, language)}
                <Text>{one.said}</Text>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
