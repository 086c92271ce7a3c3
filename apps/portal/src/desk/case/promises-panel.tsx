import type { CaseView } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { nameOf, useDeskText } from "../text.ts";

type Promised = CaseView["promises"][number];

function Lines(props: { readonly promise: Promised }) {
  const { text, language } = useDeskText();
  const { promise } = props;
  const lines: readonly (readonly [label: string, value: string | null])[] = [
    [text("desk.case.promiseOwner"), promise.owner],
    [text("desk.case.promiseDue"), formatDate(promise.dueOn, language)],
    [text("desk.case.promiseState"), nameOf(text, "promiseState", promise.late ? "late" : promise.state)],
    [text("desk.case.promiseEvidence"), promise.evidence],
    [text("desk.case.promiseMissing"), promise.missing],
    [text("desk.case.promiseAsked"), promise.asked && formatDate(promise.asked.dueOn, language)],
    [text("desk.case.promiseReason"), promise.reason],
  ];
  return (
    <dl className="ds-summary">
      {lines.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What the unit has promised, and how far each promise is. */
export function PromisesPanel(props: { readonly c: Pick<CaseView, "promises"> }) {
  const { text } = useDeskText();
  const { promises } = props.c;
  if (promises.length === 0) return null;
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">{text("desk.case.promises")}</h2>
      <ol className="desk-demands">
        {promises.map((promise) => (
          <li key={promise.id}>
            <p className="ds-text">{promise.text}</p>
            <Lines promise={promise} />
          </li>
        ))}
      </ol>
    </section>
  );
}
