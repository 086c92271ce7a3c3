import type { CaseView } from "@doorstep/contracts";
import { actOf } from "../acts/act-plan.ts";
import { useDesk } from "../desk-context.ts";
import { refusalText } from "../shared/problem.ts";
import { textsIn } from "../shared/texts-in.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { FormName } from "./open-form.ts";

interface NotOpenProps {
  readonly c: CaseView;
  readonly form: FormName;
}

/** An act that is not open (any more): why not, and what was written for it, so that no word is lost. */
export function NotOpen(props: NotOpenProps) {
  const { text, language } = useDeskText();
  const { drafts } = useDesk();
  const { c, form } = props;
  const refusals = actOf(c.acts, form)?.refusals ?? [];
  const written = textsIn(drafts.read(`${c.caseId}:${form}`));
  return (
    <>
      <div role="alert">
        <p>{text("desk.acts.notOpen", { state: nameOf(text, "state", c.state) })}</p>
        <ul>
          {refusals.map((refusal) => (
            <li key={refusal.code}>{refusalText(refusal, language)}</li>
          ))}
        </ul>
      </div>
      {written.length > 0 && (
        <section aria-labelledby="written" className="ds-panel">
          <h3 id="written">{text("desk.acts.written")}</h3>
          {written.map((paragraph) => (
            <p key={paragraph} className="ds-text">
              {paragraph}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
