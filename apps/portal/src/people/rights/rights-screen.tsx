import { Screen } from "@doorstep/ui";
import { useText } from "../../shell/i18n.ts";
import { useRegistry, useUnitCode } from "../../shell/unit.ts";
import { UnitBoard } from "../file/unit-board.tsx";
import { Prose } from "./prose.tsx";

/** The card of rights, duties and usual terms [R22; SD15:12]; the dates of a matter stand on its own page. */
export function RightsScreen() {
  const text = useText();
  const registry = useRegistry();
  const unitCode = useUnitCode() ?? registry.data?.unit?.code;
  return (
    <Screen title={text("rights.title")}>
      <p>{text("rights.intro")}</p>
      <Prose
        parts={[
          {
            heading: text("rights.yours"),
            lines: [
              text("rights.raise"),
              text("rights.delegate"),
              text("rights.heard"),
              text("rights.recusal"),
              text("rights.query"),
              text("rights.written"),
              text("rights.review"),
              text("rights.privacy"),
              text("rights.noRetaliation"),
            ],
          },
          {
            heading: text("rights.terms"),
            lines: [
              text("rights.termReceipt"),
              text("rights.termAccept"),
              text("rights.termHandle"),
              text("rights.termReview"),
              text("rights.termOther"),
            ],
          },
          {
            heading: text("rights.duties"),
            lines: [text("rights.truth"), text("rights.order"), text("rights.five"), text("rights.secret")],
          },
        ]}
      />
      <p className="ds-hint">{text("rights.source")}</p>
      <UnitBoard unitCode={unitCode} />
    </Screen>
  );
}
