import { Form, TextArea, usePage } from "@doorstep/sdk/ui";
import { STORY_MAX, STORY_MIN } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

const TRIED_MAX = 2_000;

/** Step 2: the matter in the writer's own words. No title is asked for; one is proposed at the end. */
export function StoryStep() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { story, alreadyTried } = filing.answers;
  return (
    <QuestionPage step={2} title={text("story.title")}>
      <p className="ds-panel ds-panel-warn">{text("story.secret")}</p>
      <Form
        initial={{ story, alreadyTried }}
        validate={(values) => (values.story.trim().length < STORY_MIN ? { story: text("story.short") } : {})}
        onChange={(values) => filingStore.answer(values)}
        onSubmit={() => go("/3")}
        submitLabel={text("next")}
        sticky
      >
        <TextArea name="story" label={text("story.label")} hint={text("story.hint")} rows={8} maxLength={STORY_MAX} />
        <TextArea name="alreadyTried" label={text("story.tried")} required={false} rows={2} maxLength={TRIED_MAX} />
      </Form>
    </QuestionPage>
  );
}
