import type { PetitionerCase } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { useLanguage } from "../../../shell/i18n.ts";
import { useOwnWords } from "./own-words.ts";

/** Who speaks for the petitioner, how far and until when; to a delegate, what he may do. */
export function OwnMandates(props: { readonly matter: PetitionerCase }) {
  const words = useOwnWords();
  const language = useLanguage();
  const { mandates, actsBy } = props.matter;
  if (mandates.length === 0) return null;
  return (
    <section>
      <h2>{words(actsBy === null ? "mandates" : "mandates.mine")}</h2>
      <ul className="ds-list">
        {mandates.map((one) => (
          <li key={one.id} className="ds-panel">
            <p>
              <strong>{words(`relation.${one.relation}`)}</strong>
            </p>
            <p>{one.scope.map((scope) => words(`scope.${scope}`)).join(" · ")}</p>
            <p className="ds-hint">
              {one.state === "ended"
                ? words("mandate.ended")
                : one.until === null
                  ? words(`mandate.consent.${one.consent}`)
                  : (words("mandate.until") ?? "").replace("{date}", formatDate(one.until, language))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
