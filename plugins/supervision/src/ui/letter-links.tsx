import { Anchor, Text } from "@doorstep/sdk/ui";
import type { lettersShown } from "../followups/unit-letters.ts";
import { useSupervision } from "./words.ts";

/** Letters between the two units: each is opened at the desk, where it is signed, confirmed and taken as a file. */
export function LetterLinks({ letters }: { readonly letters: Awaited<ReturnType<typeof lettersShown>> }) {
  const { say } = useSupervision();
  if (letters.length === 0) return null;
  return (
    <ul aria-label={say("letters.title")}>
      {letters.map(({ letterId, kind, state, number }) => (
        <li key={letterId}>
          <Anchor href={`/desk/unit-letters?letter=${letterId}`}>
            {say(`letters.kind.${kind}`)}
            {number !== null && ` · ${number}`}
          </Anchor>{" "}
          <Text component="span" size="sm">
            {say(`letters.state.${state}`)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
