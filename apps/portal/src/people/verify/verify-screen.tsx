import { type ArchiveProof, type LetterProof, noticeNames } from "@doorstep/contracts";
import { Alert, formatInstant, Screen } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, useId } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage } from "../../shell/i18n.ts";
import { pageWords } from "../../shell/page-words.ts";
import { anonymousClient } from "../../shell/rpc.ts";
import { archiveMarkOf } from "./archive-mark.ts";
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

function LetterVerdict({ proof }: { readonly proof: LetterProof }) {
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

function ArchiveVerdict({ proof }: { readonly proof: ArchiveProof }) {
  const words = useVerifyWords();
  const language = useLanguage();
  const { archive } = proof;
  return (
    <Alert color={proof.state === "genuine" ? "teal" : "red"} variant="light">
      <p>
        <strong>{words(`archive.${proof.state}`)}</strong>
      </p>
      {archive && (
        <dl className="ds-facts">
          <dt>{words("archive.caseNo")}</dt>
          <dd>{archive.caseNo}</dd>
          <dt>{words("archive.madeAt")}</dt>
          <dd>{formatInstant(archive.madeAt, language, archive.timeZone)}</dd>
        </dl>
      )}
    </Alert>
  );
}

const Shown = ({ verdict }: { readonly verdict: Exclude<Verdict, "tooLarge"> }) =>
  "letter" in verdict ? <LetterVerdict proof={verdict.letter} /> : <ArchiveVerdict proof={verdict.archive} />;

type Verdict = { readonly letter: LetterProof } | { readonly archive: ArchiveProof } | "tooLarge";

/** The file of a whole case may be large: of it only the mark and a hash are sent. */
async function verdictOn(file: File): Promise<Verdict> {
  const marked = await archiveMarkOf(file);
  if (marked) return { archive: await anonymousClient.notices.verifyArchive.mutate(marked) };
  if (file.size > MOST_BYTES) return "tooLarge";
  return { letter: await anonymousClient.notices.verify.mutate({ pdf: await base64Of(file) }) };
}

/** Tells anybody whether a PDF is a letter sealed here and unchanged; sent without credentials and never kept. */
export function VerifyScreen() {
  const words = useVerifyWords();
  const errorText = useErrorText();
  const id = useId();
  const check = useMutation({ mutationFn: verdictOn });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    check.mutate(file);
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
        {check.data && check.data !== "tooLarge" && <Shown verdict={check.data} />}
      </div>
      {check.data === "tooLarge" && <p role="alert">{words("tooLarge")}</p>}
      {check.error && <p role="alert">{errorText(check.error)}</p>}
    </Screen>
  );
}
