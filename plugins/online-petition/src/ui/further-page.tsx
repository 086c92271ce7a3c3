import { Form, usePage } from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { useFurther } from "../filing/use-further.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

/** Between the files and the check: what another module of the unit asks. Where none does, the check comes at once. */
export function FurtherPage() {
  const text = useText();
  const { go } = usePage();
  const further = useFurther();
  const none = further === undefined;
  useEffect(() => {
    if (none) go("/6", { replace: true });
  }, [none, go]);
  if (!further) return null;
  return (
    <QuestionPage title={further.title} back="/5">
      {further.ask()}
      <Form initial={{}} onSubmit={() => go("/6")} submitLabel={text("next")} sticky>
        {null}
      </Form>
    </QuestionPage>
  );
}
