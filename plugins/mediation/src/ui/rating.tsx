import { Form, RadioCards } from "@doorstep/sdk/ui";
import { useMediation } from "./words.ts";

const scores = [1, 2, 3, 4, 5] as const;
type Score = `${(typeof scores)[number]}`;

interface Props {
  readonly busy: boolean;
  readonly error?: string | undefined;
  readonly onRate: (score: number) => void;
}

/** How a side found the mediation: by cards, so that it goes by keyboard. */
export function Rating(props: Props) {
  const { say } = useMediation();
  return (
    <Form<{ readonly score: Score | "" }>
      initial={{ score: "" }}
      submitLabel={say("rate.send")}
      busy={props.busy}
      error={props.error}
      onSubmit={({ score }) => props.onRate(Number(score))}
    >
      <RadioCards
        name="score"
        label={say("rate.title")}
        hint={say("rate.hint")}
        cards={scores.map((one) => ({ value: `${one}` as const, label: say(`rate.score.${one}`) }))}
        required
      />
    </Form>
  );
}
