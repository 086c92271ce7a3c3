import type { PetitionerCase } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { useLanguage } from "../../../shell/i18n.ts";
import { useOwnWords } from "./own-words.ts";

type OwnPromise = PetitionerCase["promises"][number];

const stateOf = (promise: OwnPromise): string => (promise.late ? "late" : promise.state);

/** What was promised, who answers for it, until when, and how far it is. */
export function OwnPromises(props: { readonly matter: PetitionerCase }) {
  const words = useOwnWords();
  const language = useLanguage();
  const { promises } = props.matter;
  if (promises.length === 0) return null;
  const said = (key: string, params: Readonly<Record<string, string>>): string =>
    Object.entries(params).reduce((out, [name, value]) => out.replace(`{${name}}`, value), words(key) ?? "");
  return (
    <section>
      <h2>{words("promises")}</h2>
      <ul className="ds-list">
        {promises.map((promise) => (
          <li key={promise.id} className="ds-panel">
            <p className="ds-text">{promise.text}</p>
            <p className="ds-hint">
              {said("promise.by", { owner: promise.owner, date: formatDate(promise.dueOn, language) })}
            </p>
            <p>
              <strong>{words(`promise.${stateOf(promise)}`)}</strong>
            </p>
            {(["evidence", "missing", "reason"] as const).map((part) => {
              const text = promise[part];
              return text && <p key={part}>{said(`promise.${part}`, { text })}</p>;
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
