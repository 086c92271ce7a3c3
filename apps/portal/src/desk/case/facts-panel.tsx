import type { CaseView } from "@doorstep/contracts";
import { Badge, Button, formatInstant } from "@doorstep/ui";
import { Labels } from "../shared/labels.tsx";
import { nameOf, useDeskText } from "../text.ts";

interface FactsPanelProps {
  readonly c: CaseView;
  readonly onIdentity: () => void;
}

/** Who, where, what kind: the facts beside the matter. Who it is stays closed until somebody gives a purpose. */
export function FactsPanel(props: FactsPanelProps) {
  const { text, language } = useDeskText();
  const { c } = props;
  const facts: readonly (readonly [string, string | null])[] = [
    [text("desk.case.holder"), c.holder.name[language]],
    [text("desk.case.handler"), c.handler?.name ?? text("desk.case.noHandler")],
    [text("desk.case.intakeUnit"), c.intakeUnit.id === c.holder.id ? null : c.intakeUnit.name[language]],
    [text("desk.case.reviewBody"), c.reviewBody?.name[language] ?? null],
    [text("desk.case.category"), c.category && nameOf(text, "category", c.category)],
    [text("desk.case.purpose"), nameOf(text, "purpose", c.purpose)],
    [text("desk.case.track"), c.category && nameOf(text, "track", c.track)],
    [text("desk.case.subRoute"), c.subRoute === null ? null : nameOf(text, "subRoute", String(c.subRoute))],
    [text("desk.case.channel"), c.channelLabel[language]],
    [text("desk.case.received"), formatInstant(c.receivedAt, language)],
    [text("desk.case.entered"), c.imported ? formatInstant(c.enteredAt, language) : null],
    [text("desk.case.severity"), nameOf(text, "severity", c.severity)],
    [text("desk.case.confidentiality"), nameOf(text, "confidentiality", String(c.confidentiality))],
    [text("desk.case.headcount"), c.headcount > 1 ? String(c.headcount) : null],
    [text("desk.case.topics"), c.topics.map((topic) => topic.name[language]).join(" · ") || null],
    [
      text("desk.case.neverMediated"),
      c.topics.some((topic) => topic.neverMediated) ? text("desk.case.neverMediatedWhy") : null,
    ],
    [text("desk.case.respondents"), c.respondents.map((one) => one.label).join(" · ") || null],
    [text("desk.case.notStated"), c.imported && c.notStated.length > 0 ? c.notStated.join(" · ") : null],
  ];
  return (
    <section aria-labelledby="facts" className="desk-facts">
      <h2 id="facts">{text("desk.case.facts")}</h2>
      <dl>
        <div>
          <dt>{text("desk.case.petitioner")}</dt>
          <dd>
            {c.petitionerLabel[language]}
            <span className="ds-hint desk-block">{nameOf(text, "anonymity", c.anonymity)}</span>
            {c.mayOpenIdentity && (
              <Button variant="default" size="sm" className="ds-no-print" onClick={props.onIdentity}>
                {text("desk.case.openIdentity")}
              </Button>
            )}
          </dd>
        </div>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="desk-labels">
        <Labels item={c} />
        {c.urgentSafety && (
          <Badge color="red" c="dark.9">
            {text("desk.case.urgent")}
          </Badge>
        )}
        {c.marks.map((mark) => (
          <Badge key={mark} color="blue" c="dark.9">
            {nameOf(text, "mark", mark)}
          </Badge>
        ))}
      </p>
    </section>
  );
}
