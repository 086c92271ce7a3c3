import { Screen, Steps, usePage } from "@doorstep/sdk/ui";
import type { ReactNode } from "react";
import { STEPS } from "../filing/answers.ts";
import { useFiling } from "../filing/use-filing.ts";
import { useText } from "./use-text.ts";

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
            <span className="ds-hint">
              {filing.answers.sharedDevice ? text("notSaved") : filing.savedAt ? text("saved") : ""}
            </span>
          </div>
          {props.step !== undefined && <Steps current={props.step} total={STEPS} />}
        </div>
      }
    >
      {props.children}
    </Screen>
  );
}

function previous(step: number | undefined): string {
  return step === undefined ? "/1" : `/${step - 1}`;
}
