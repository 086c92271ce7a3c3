import type { TextSubject, UnitTexts, UnitTextView } from "@doorstep/contracts";
import { Button, formatDate, formatInstant, languageNames, languages } from "@doorstep/ui";
import { useLanguage, useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { partsOf } from "./parts.ts";

interface TextVersionsProps {
  readonly unitId: string;
  readonly subject: TextSubject;
  readonly view: UnitTextView;
  readonly onDone: (message: string) => void;
}

/** All versions of the unit, newest first; one that waits stands beside what is used now. */
export function TextVersions(props: TextVersionsProps) {
  const text = useText();
  const language = useLanguage();
  const { subject, unitId, view } = props;
  const decide = useAct(kernelClient.texts.decide.mutate);
  const send = async (id: string, approve: boolean) => {
    await decide.runAsync({ unitId, subject, id, approve });
    props.onDone(text(approve ? "texts.approved" : "texts.refused"));
  };
  return (
    <section aria-labelledby="text-versions">
      <h2 id="text-versions">{text("texts.versions")}</h2>
      {decide.error && <p role="alert">{decide.error}</p>}
      {view.versions.length === 0 && <p>{text("texts.none")}</p>}
      <ul className="ds-list">
        {view.versions.map((one) => (
          <li key={one.id} className="ds-panel">
            <strong>
              {text("texts.version", {
                version: one.version,
                date: formatDate(one.validFrom, language),
                state: text(`texts.state.${one.state}`),
              })}
            </strong>
            <p className="ds-hint">
              {text("texts.drafted", { name: one.draftedBy, at: formatInstant(one.draftedAt, language) })}
              {one.decidedBy && one.decidedAt && (
                <>
                  {" · "}
                  {text("texts.decided", { name: one.decidedBy, at: formatInstant(one.decidedAt, language) })}
                </>
              )}
            </p>
            {one.state === "draft" && <Beside subject={subject} now={view.inForce?.texts ?? {}} next={one.texts} />}
            {one.mayDecide && (
              <p className="ds-row">
                <Button loading={decide.busy} onClick={() => void send(one.id, true).catch(() => undefined)}>
                  {text("texts.approve")}
                </Button>
                <Button
                  variant="default"
                  loading={decide.busy}
                  onClick={() => void send(one.id, false).catch(() => undefined)}
                >
                  {text("texts.refuse")}
                </Button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only the parts that differ, in both languages: what goes is struck out, what comes is underlined. */
function Beside(props: { readonly subject: TextSubject; readonly now: UnitTexts; readonly next: UnitTexts }) {
  const text = useText();
  const lines = partsOf(props.subject).flatMap((part) =>
    languages.flatMap((one) => {
      const [now, next] = [props.now[part]?.[one] ?? "", props.next[part]?.[one] ?? ""];
      return now === next ? [] : [{ key: `${part}.${one}`, part, one, now, next }];
    }),
  );
  return (
    <>
      <p>{text("texts.before")}</p>
      <dl className="ad-facts">
        {lines.map((line) => (
          <div key={line.key}>
            <dt>{`${text(`texts.part.${line.part}`)} · ${languageNames[line.one]}`}</dt>
            <dd>
              {text("texts.now")}
              {": "}
              {line.now ? <del>{line.now}</del> : text("texts.empty")}
            </dd>
            <dd>
              {text("texts.then")}
              {": "}
              {line.next ? <ins>{line.next}</ins> : text("texts.empty")}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
