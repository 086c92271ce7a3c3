import { Screen, Steps, usePage } from "@doorstep/sdk/ui";
import { type ReactNode, useState } from "react";
import { mayKeep, STEPS } from "../filing/answers.ts";
import type { Filing } from "../filing/filing-store.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { type Say, useText } from "./use-text.ts";

interface QuestionPageProps {
  readonly step?: number;
  readonly title: string;
  /** Where the way back leads, if not to the question before. */
  readonly back?: string;
  readonly children: ReactNode;
}

/** One question: the way back, where one stands, that the draft is kept, and the question as the heading. */
export function QuestionPage(props: QuestionPageProps) {
  const text = useText();
  const page = usePage();
  const { filing } = useFiling();
  return (
    <Screen
      title={props.title}
      before={
        <div className="ds-question-head">
          <div className="ds-row ds-row-between">
            <button
              type="button"
              className="ds-link"
              onClick={() => (props.step === 1 ? page.go("portal:/") : page.go(props.back ?? previous(props.step)))}
            >
              <span aria-hidden="true">{"← "}</span>
              {text("back")}
            </button>
            <span className="ds-hint">{keptWords(filing, text)}</span>
          </div>
          {filing.savedAt !== null && <DeleteDraft onDeleted={() => page.go("/1")} />}
          {props.step !== undefined && <Steps current={props.step} total={STEPS} />}
        </div>
      }
    >
      {props.children}
    </Screen>
  );
}

function keptWords({ answers, savedAt }: Filing, text: Say): string {
  if (mayKeep(answers)) return savedAt === null ? "" : text("saved");
  return answers.sharedDevice ? text("notSaved") : text("notSavedAnonymous");
}

/** Takes what lies on this device off it, from any question; asked once more, since nothing brings it back. */
export function DeleteDraft(props: { readonly onDeleted?: () => void }) {
  const text = useText();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <p>
        <button type="button" className="ds-link" onClick={() => setAsking(true)}>
          {text("discard")}
        </button>
      </p>
    );
  }
  const discard = async () => {
    await filingStore.clear();
    props.onDeleted?.();
  };
  return (
    <p className="ds-row" role="alert">
      {text("discardAsk")}
      <button type="button" className="ds-link" onClick={() => void discard()}>
        {text("discardYes")}
      </button>
      <button type="button" className="ds-link" onClick={() => setAsking(false)}>
        {text("discardNo")}
      </button>
    </p>
  );
}

function previous(step: number | undefined): string {
  return step === undefined ? "/1" : `/${step - 1}`;
}
