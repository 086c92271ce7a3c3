import { Badge, Button, formatDate, formatInstant, Group, Text, Title, usePage } from "@doorstep/sdk/ui";
import type { Occasion } from "../occasions.ts";
import { useTalks } from "./words.ts";

/** A talk in a list, as its server half gives it. */
export interface TalkInList {
  readonly talkId: string;
  readonly with: string | null;
  readonly occasion: Occasion;
  readonly state: "asked" | "offered" | "fixed" | "held" | "settled" | "declined" | "dropped";
  readonly dueOn: string;
  readonly startsAt: string | null;
  readonly heldOn: string | null;
}

/** One talk in a list: with whom, how it stands, when. */
function TalkLine(props: { readonly talk: TalkInList }) {
  const { say, language } = useTalks();
  const { go } = usePage();
  const { talk } = props;
  const name = talk.with ?? say("someone");
  const isOver = talk.state === "declined" || talk.state === "dropped";
  return (
    <li className="ds-panel">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{say("with", { name })}</Text>
          <Group gap="sm">
            <Badge variant="light" color={isOver ? "gray" : "indigo"}>
              {say(`state.${talk.state}`)}
            </Badge>
            <Text size="sm">{say(`occasion.${talk.occasion}`)}</Text>
            <Text size="sm">
              {talk.heldOn
                ? formatDate(talk.heldOn, language)
                : talk.startsAt
                  ? formatInstant(talk.startsAt, language)
                  : `${say("talk.dueOn")} ${formatDate(talk.dueOn, language)}`}
            </Text>
          </Group>
        </div>
        <Button
          variant="default"
          onClick={() => go(`/t/${talk.talkId}`)}
          aria-label={`${say("open")} ${say("with", { name })}`}
        >
          {say("open")}
        </Button>
      </Group>
    </li>
  );
}

/** Talks under a heading of their own; nothing where there are none. */
export function TalkList(props: {
  readonly id: string;
  readonly title: string;
  readonly talks: readonly TalkInList[];
}) {
  if (props.talks.length === 0) return null;
  return (
    <section aria-labelledby={props.id}>
      <Title order={2} id={props.id}>
        {props.title}
      </Title>
      <ul className="ds-list">
        {props.talks.map((talk) => (
          <TalkLine key={talk.talkId} talk={talk} />
        ))}
      </ul>
    </section>
  );
}
