import type { PetitionerCase } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernelClient } from "../../shell/rpc.ts";
import { saveFile } from "../../shell/save-file.ts";
import { useOwnCaseKey } from "./use-own-case.ts";

/** Every letter of the matter, to look at and to keep. */
export function CaseLetters(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const fetchLetter = useMutation({
    mutationFn: (noticeId: string) => kernelClient.intake.letter.query({ ...own, noticeId, locale: language }),
    onSuccess: (letter) => saveFile(letter.fileName, letter.pdf, "application/pdf"),
  });
  if (matter.letters.length === 0) return null;
  return (
    <section>
      <h2>{text("case.letters")}</h2>
      {fetchLetter.error && <p role="alert">{errorText(fetchLetter.error)}</p>}
      <ul className="ds-list">
        {matter.letters.map((letter) => (
          <li key={letter.id} className="ds-panel ds-row ds-row-between">
            <span>
              {letter.name[language]}
              {letter.number && ` · ${letter.number}`}
              {letter.deliveredOn && ` · ${formatDate(letter.deliveredOn, language)}`}
            </span>
            {letter.sealedAt ? (
              <button
                type="button"
                className="ds-link"
                disabled={fetchLetter.isPending}
                onClick={() => fetchLetter.mutate(letter.id)}
              >
                {text("case.download", { name: letter.name[language] })}
              </button>
            ) : (
              <span className="ds-hint">{text("case.letterPending")}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
