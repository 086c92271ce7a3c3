import { formatDate, Text } from "@doorstep/sdk/ui";
import type { MediationView } from "./mediation-view.ts";
import { useMediation } from "./words.ts";

/** What was agreed on, by when it is done, and until when a court may confirm it. */
export function Agreed(props: { readonly of: Pick<MediationView, "terms" | "performOn" | "courtUntil"> }) {
  const { say, language } = useMediation();
  const { terms, performOn, courtUntil } = props.of;
  return (
    <>
      {terms !== null && <Text>{say("terms", { words: terms })}</Text>}
      {performOn !== null && <Text size="sm">{say("performOn", { on: formatDate(performOn, language) })}</Text>}
      {courtUntil !== null && <Text size="sm">{say("court", { on: formatDate(courtUntil, language) })}</Text>}
    </>
  );
}
