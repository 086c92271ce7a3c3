import { Button, Form, TextField, useErrorText, usePage, usePlugin } from "@doorstep/sdk/ui";
import type { ReactNode } from "react";
import { mayKeep, UNKNOWN_UNIT } from "../filing/answers.ts";
import { titleOf } from "../filing/petition-input.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { useFurther } from "../filing/use-further.ts";
import { plugin } from "../plugin.ts";
import { QuestionPage } from "./question-page.tsx";
import { useSubmit } from "./use-submit.ts";
import { type Say, useText } from "./use-text.ts";

/** Step 6: everything once more, each part with its way back; then it is sent, once. */
export function CheckStep() {
  const text = useText();
  const errorText = useErrorText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { answers } = filing;
  const back = useFurther() ? "/more" : "/5";
  const { submit, busy, failure, filesWaiting } = useSubmit(() => go("/done", { replace: true }));
  const waiting = filing.waiting !== null && !failure;
  const fallback = text("check.fallbackTitle");
  return (
    <QuestionPage step={6} title={text("check.title")} back={back}>
      <Form
        initial={{ title: titleOf(answers, fallback) }}
        onChange={(values) => filingStore.answer({ title: values.title })}
        onSubmit={() => submit("withFiles")}
        submitLabel={failure || waiting ? text("check.retry") : text("check.submit")}
        busy={busy}
        error={failure && <Failure text={text} reason={errorText(failure.error)} kept={mayKeep(answers)} />}
        secondary={
          filesWaiting > 0 && !busy && (failure || waiting) ? (
            <Button variant="default" onClick={() => submit("textOnly")}>
              {text("check.withoutFiles")}
            </Button>
          ) : undefined
        }
        sticky
      >
        <Summary />
        <TextField name="title" label={text("check.titleField")} hint={text("check.titleHint")} maxLength={120} />
        {waiting && <Waiting kept={mayKeep(answers)} />}
        {filesWaiting > 0 && <p role="status">{text("check.filesWait", { count: filesWaiting })}</p>}
        <p>{text("check.truth")}</p>
      </Form>
    </QuestionPage>
  );
}

/** What was answered, each part with its way back. */
function Summary() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { answers } = filing;
  const { language } = usePlugin(plugin);
  const unit =
    answers.unit === UNKNOWN_UNIT || answers.unit === null ? text("unit.unknown") : answers.unit.name[language];
  return (
    <dl className="ds-summary">
      <Row what={text("check.purpose")} onChange={() => go("/1")}>
        {answers.purpose === "" ? "" : text(`purpose.${answers.purpose}`)}
        {answers.danger && `\n${text("check.danger")}`}
      </Row>
      <Row what={text("check.story")} onChange={() => go("/2")}>
        {answers.story}
        {answers.alreadyTried && `\n\n${text("check.tried")}：${answers.alreadyTried}`}
      </Row>
      <Row what={text("check.unit")} onChange={() => go("/3")}>
        {unit}
        {answers.concernsLeader && `\n${text("check.bypass")}`}
      </Row>
      <Row what={text("check.identity")} onChange={() => go("/4")}>
        {answers.identity === "" ? "" : text(`identity.${answers.identity}`)}
        {answers.identity !== "anonymous" && `\n${answers.name} · ${answers.contact}`}
      </Row>
      <Row what={text("check.files")} onChange={() => go("/5")}>
        {filing.attachments.length === 0
          ? text("check.noFiles")
          : text("check.fileCount", { count: filing.attachments.length })}
      </Row>
      <FurtherRow />
    </dl>
  );
}

/** No network: it goes by itself later, unless the writer would rather not. */
function Waiting(props: { readonly kept: boolean }) {
  const text = useText();
  return (
    <div className="ds-panel ds-panel-warn" role="status">
      <p>
        <strong>{text("check.waitingTitle")}</strong> {text(props.kept ? "check.waitingKept" : "check.waitingOpen")}
      </p>
      <button type="button" className="ds-link" onClick={() => filingStore.wait(null)}>
        {text("check.waitingStop")}
      </button>
    </div>
  );
}

function Failure(props: { readonly text: Say; readonly reason: string; readonly kept: boolean }) {
  const { text } = props;
  return (
    <>
      <p>
        <strong>{text("check.failedTitle")}</strong>{" "}
        {props.kept ? text("check.failedKept") : text("check.failedShared")}
      </p>
      <p>{props.reason}</p>
    </>
  );
}

/** What another module asked. */
function FurtherRow() {
  const { go } = usePage();
  const further = useFurther();
  if (!further) return null;
  return (
    <Row what={further.title} onChange={() => go("/more")}>
      {further.words.slice(further.title.length).trim() || "–"}
    </Row>
  );
}

interface RowProps {
  readonly what: string;
  readonly onChange: () => void;
  readonly children: ReactNode;
}

function Row(props: RowProps) {
  const text = useText();
  return (
    <div>
      <dt>{props.what}</dt>
      <dd>{props.children}</dd>
      <dd className="ds-change">
        <button
          type="button"
          className="ds-link"
          aria-label={text("check.changeWhat", { what: props.what })}
          onClick={props.onChange}
        >
          {text("check.change")}
        </button>
      </dd>
    </div>
  );
}
