import type { ConsentAnswer, PetitionerCase } from "@doorstep/contracts";
import { Button, formatInstant } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useErrorText } from "../../../shell/error-text.ts";
import { useLanguage } from "../../../shell/i18n.ts";
import { newKey } from "../../../shell/new-key.ts";
import { kernel, kernelClient, queryClient } from "../../../shell/rpc.ts";
import { useOwnCaseKey } from "../use-own-case.ts";
import { useOwnWords } from "./own-words.ts";

type Asked = PetitionerCase["consents"][number];

/** What may be said to each: a question is answered, a yes taken back. */
const possible: Readonly<Record<Asked["state"], readonly ConsentAnswer[]>> = {
  asked: ["given", "refused"],
  given: ["withdrawn"],
  refused: [],
  withdrawn: [],
  dropped: [],
};

function OneConsent(props: { readonly asked: Asked; readonly mayAnswer: boolean; readonly timeZone: string }) {
  const { asked, mayAnswer } = props;
  const words = useOwnWords();
  const language = useLanguage();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const [key] = useState(newKey);
  const question = useId();
  const send = useMutation({
    mutationFn: (answer: ConsentAnswer) =>
      kernelClient.intake.answerConsent.mutate({ ...own, key: `${key}-${answer}`, consentId: asked.id, answer }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: kernel.intake.case.queryKey(own) }),
  });
  return (
    <li className="ds-panel">
      <p className="ds-hint">{asked.module[language]}</p>
      <p id={question} className="ds-text">
        {asked.words[language]}
      </p>
      <p>
        <strong>{words(`consent.${asked.state}`)}</strong>{" "}
        {asked.answeredAt && (
          <span className="ds-hint">{formatInstant(asked.answeredAt, language, props.timeZone)}</span>
        )}
      </p>
      {mayAnswer && possible[asked.state].length > 0 && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons is no set of fields. */}
          <div className="ds-row" role="group" aria-labelledby={question}>
            {possible[asked.state].map((answer) => (
              <Button
                key={answer}
                variant={answer === "given" ? "filled" : "default"}
                disabled={send.isPending}
                onClick={() => send.mutate(answer)}
              >
                {words(`consent.say.${answer}`)}
              </Button>
            ))}
          </div>
          {asked.state === "asked" && <p className="ds-hint">{words("consent.free")}</p>}
        </>
      )}
      {send.error && <p role="alert">{errorText(send.error)}</p>}
    </li>
  );
}

/** What he is asked to consent to; whoever speaks for him reads it and cannot answer. */
export function OwnConsents(props: { readonly matter: PetitionerCase }) {
  const words = useOwnWords();
  const { consents, actsBy, timeZone } = props.matter;
  if (consents.length === 0) return null;
  return (
    <section aria-labelledby="consents">
      <h2 id="consents">{words("consents")}</h2>
      <ul className="ds-list">
        {consents.map((one) => (
          <OneConsent key={one.id} asked={one} mayAnswer={actsBy === null} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}
