import { formatDate, Text } from "@doorstep/sdk/ui";
import { useJoint } from "./words.ts";

interface WordsPanelProps {
  readonly words: {
    readonly purpose: "solve" | "suggest" | "ask" | "help";
    readonly title: string;
    readonly body: string;
    readonly desiredOutcome: string;
    readonly anonymity: "named" | "confidential";
  };
  readonly standing: {
    readonly closesOn: string;
    readonly signed: number;
    readonly representatives: number;
    readonly agreed: number;
  };
}

/** What is signed, and how many have: numbers, and nobody's name. */
export function WordsPanel(props: WordsPanelProps) {
  const { say, language } = useJoint();
  const { words, standing } = props;
  return (
    <section className="ds-panel" aria-label={say("words.label")}>
      <Text fw={600}>{words.title}</Text>
      <p className="ds-hint">{say(`purposes.${words.purpose}`)}</p>
      <p style={{ whiteSpace: "pre-wrap" }}>{words.body}</p>
      {words.desiredOutcome !== "" && <p>{say("words.wish", { wish: words.desiredOutcome })}</p>}
      <p>{say(`begin.${words.anonymity}`)}</p>
      <p className="ds-hint">
        {say("standing", { signed: standing.signed, on: formatDate(standing.closesOn, language) })}{" "}
        {say("words.speakers", { count: standing.representatives, agreed: standing.agreed })}
      </p>
    </section>
  );
}
