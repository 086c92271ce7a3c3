import { type LetterProof, noticeNames } from "@doorstep/contracts";
import { Alert, formatInstant, Screen } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, useId, useState } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage } from "../../shell/i18n.ts";
import { pageWords } from "../../shell/page-words.ts";
import { anonymousClient } from "../../shell/rpc.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

const useVerifyWords = pageWords({ "zh-CN": zh, en });

/** As base64 it must fit into one call. */
const MOST_BYTES = 1_400_000;

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

function Verdict({ proof }: { readonly proof: LetterProof }) {
  const words = useVerifyWords();
  const language = useLanguage();
  const { letter } = proof;
  return (
    <Alert color={proof.state === "genuine" ? "teal" : "red"} variant="light">
      <p>
        <strong>{words(proof.state)}</strong>
      </p>
      {letter && (
        <>
          <dl className="ds-facts">
            <dt>{words("name")}</dt>
            <dd>{noticeNames[letter.code][language]}</dd>
            <dt>{words("number")}</dt>
            <dd>{letter.number}</dd>
            <dt>{words("sealedAt")}</dt>
            <dd>{formatInstant(letter.sealedAt, language, letter.timeZone)}</dd>
          </dl>
          <p>{words("nothingMore")}</p>
        </>
      )}
    </Alert>
  );
}

/** Tells anybody whether a PDF is a letter sealed here and unchanged; sent without credentials and never kept. */
export function VerifyScreen() {
  const words = useVerifyWords();
  const errorText = useErrorText();
  const id = useId();
  const [tooLarge, setTooLarge] = useState(false);
  const check = useMutation({
    mutationFn: async (file: File) => anonymousClient.notices.verify.mutate({ pdf: await base64Of(file) }),
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    check.reset();
    setTooLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) check.mutate(file);
  };
  return (
    <Screen title={words("title")}>
      <p>{words("intro")}</p>
      <p>
        <label htmlFor={id}>{words("file")}</label>
      </p>
      <p>
        <input id={id} type="file" accept="application/pdf,.pdf" aria-describedby={`${id}-hint`} onChange={choose} />
      </p>
      <p id={`${id}-hint`} className="ds-hint">
        {words("fileHint")}
      </p>
      <div role="status">
        {check.isPending && words("checking")}
        {check.data && <Verdict proof={check.data} />}
      </div>
      {tooLarge && <p role="alert">{words("tooLarge")}</p>}
      {check.error && <p role="alert">{errorText(check.error)}</p>}
    </Screen>
  );
}
