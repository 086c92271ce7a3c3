import { Screen } from "@doorstep/ui";
import { useText } from "../../shell/i18n.ts";
import { Prose } from "./prose.tsx";

/** What is promised about who sees a letter, and what cannot be promised [SPEC §8]. */
export function WhoSeesScreen() {
  const text = useText();
  return (
    <Screen title={text("rights.whoTitle")}>
      <Prose
        parts={[
          {
            heading: text("rights.whoContent"),
            lines: [
              text("rights.whoOffice"),
              text("rights.whoHandler"),
              text("rights.whoNotUnit"),
              text("rights.whoAccusation"),
            ],
          },
          {
            heading: text("rights.whoName"),
            lines: [
              text("rights.whoNamed"),
              text("rights.whoConfidential"),
              text("rights.whoAnonymous"),
              text("rights.whoVault"),
            ],
          },
          {
            heading: text("rights.whoLimits"),
            lines: [
              text("rights.limitFacts"),
              text("rights.limitAdmin"),
              text("rights.limitDevice"),
              text("rights.limitCode"),
            ],
          },
          { heading: text("rights.whoFiles"), lines: [text("rights.filesPhoto"), text("rights.filesSecret")] },
        ]}
      />
    </Screen>
  );
}
