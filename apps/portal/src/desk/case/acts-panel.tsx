import type { CaseView } from "@doorstep/contracts";
import { Button } from "@doorstep/ui";
import { planActs, primaryOf, waitingLetters } from "../acts/act-plan.ts";
import { Effect } from "../acts/effect.tsx";
import { RecusalsPanel } from "../recusals/recusals-panel.tsx";
import { DeskLink } from "../shared/desk-link.tsx";
import { refusalText } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { OpenForm } from "./open-form.ts";

/** Nothing is left to step back from. */
const ended: readonly CaseView["state"][] = [
  "archived",
  "final",
  "diverted",
  "guided",
  "merged",
  "notReaccepted",
  "withdrawn",
];

interface ActsPanelProps {
  readonly c: CaseView;
  readonly onOpen: (form: OpenForm) => void;
}

/** What can be done now, what it brings about, and why the rest cannot: every reason, in words. */
export function ActsPanel(props: ActsPanelProps) {
  const { text, language } = useDeskText();
  const { c, onOpen } = props;
  const plan = planActs(c.acts);
  const letters = waitingLetters(c.notices);
  const first = primaryOf(plan, c);

  return (
    <section aria-labelledby="acts" className="desk-acts ds-no-print">
      <h2 id="acts">{text("desk.case.acts")}</h2>
      {plan.open.map(({ act, form }) => (
        <div key={form} className="desk-act">
          <Button fullWidth variant={form === first ? "filled" : "default"} onClick={() => onOpen({ form })}>
            {text(`desk.acts.name.${form}`)}
          </Button>
          {form === "reply" ? (
            <p className="ds-hint">{text("desk.acts.replyEffect")}</p>
          ) : (
            <Effect act={act} clocks={c.clocks} />
          )}
        </div>
      ))}
      {plan.open.length === 0 && <p>{text("desk.case.noActs")}</p>}
      {letters.length > 0 && (
        <ul className="desk-waiting">
          {letters.map((notice) => (
            <li key={notice.id}>
              <DeskLink to={{ page: "letter", noticeId: notice.id, caseId: c.caseId }} className="ds-link">
                {text("desk.case.waitingLetter", {
                  letter: notice.name[language],
                  state: nameOf(text, "notice", notice.state),
                })}
              </DeskLink>
            </li>
          ))}
        </ul>
      )}
      {plan.refused.length > 0 && (
        <section aria-labelledby="refused">
          <h3 id="refused">{text("desk.case.refused")}</h3>
          <ul className="desk-refused">
            {plan.refused.map((act) => (
              <li key={act.act}>
                <strong>{nameOf(text, "acts.act", act.act)}</strong>
                <ul>
                  {act.refusals.map((refusal) => (
                    <li key={refusal.code}>{refusalText(refusal, language)}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      )}
      <RecusalsPanel recusals={c.recusals} onDecide={(personId) => onOpen({ form: "decideRecusal", personId })} />
      {!ended.includes(c.state) && (
        <Button variant="subtle" onClick={() => onOpen({ form: "recusal" })}>
          {text("desk.acts.name.recusal")}
        </Button>
      )}
    </section>
  );
}
