import { Button, usePage } from "@doorstep/sdk/ui";
import { filingStore } from "../filing/use-filing.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

/** Says what a report of misconduct is and who will see it, before a word is written. */
export function AccusePage() {
  const text = useText();
  const { go } = usePage();
  return (
    <QuestionPage title={text("accuse.title")}>
      <ul className="ds-prose">
        <li>{text("accuse.who")}</li>
        <li>{text("accuse.true")}</li>
        <li>{text("accuse.named")}</li>
        <li>{text("accuse.protect")}</li>
        <li>{text("accuse.other")}</li>
      </ul>
      <div className="ds-row">
        <Button onClick={() => go("/2")}>{text("accuse.go")}</Button>
        <Button
          variant="default"
          onClick={() => {
            filingStore.answer({ purpose: "" });
            go("/1");
          }}
        >
          {text("accuse.leave")}
        </Button>
      </div>
    </QuestionPage>
  );
}
