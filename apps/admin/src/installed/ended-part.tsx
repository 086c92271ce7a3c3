import type { InstalledModules } from "@doorstep/contracts";
import { Button, formatDate, formatInstant } from "@doorstep/ui";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import type { Decision } from "./decide-form.tsx";
import { VersionRow } from "./version-row.tsx";

type Ended = InstalledModules["ended"][number];

/** Modules that run no more: what has become of their data, and the ways back. */
export function EndedPart(props: {
  readonly ended: readonly Ended[];
  readonly onDecide: (decision: Decision) => void;
}) {
  const text = useText();
  if (props.ended.length === 0) return null;
  return (
    <section aria-labelledby="ended">
      <h2 id="ended">{text("installed.endedList")}</h2>
      <p className="ds-hint">{text("installed.endedNote")}</p>
      <ul className="ad-rows">
        {props.ended.map((module) => (
          <EndedRow key={module.id} module={module} onDecide={props.onDecide} />
        ))}
      </ul>
    </section>
  );
}

function EndedRow(props: { readonly module: Ended; readonly onDecide: (decision: Decision) => void }) {
  const text = useText();
  const name = useName();
  const { id, title, data, versions } = props.module;
  const words = { title: name(title) };
  return (
    <li>
      <div className="ds-row ds-row-between">
        <span>
          {words.title}
          <br />
          <span className="ds-hint">
            <DataLine module={props.module} />
          </span>
        </span>
        {data === "kept" && (
          <Button variant="default" onClick={() => props.onDecide({ act: "purge", pluginId: id, words })}>
            {text("installed.purge")}
          </Button>
        )}
        {data === "archived" && (
          <Button component="a" variant="default" href={`/rpc/modules.data?module=${encodeURIComponent(id)}`} download>
            {text("installed.exportData")}
          </Button>
        )}
      </div>
      {data === "asked" && <Asked module={props.module} onDecide={props.onDecide} />}
      <ul>
        {versions.map((version) => (
          <VersionRow key={version.digest} pluginId={id} version={version} onDecide={props.onDecide} />
        ))}
      </ul>
    </li>
  );
}

function DataLine({ module: { data, removal } }: { readonly module: Ended }) {
  const text = useText();
  const language = useLanguage();
  return removal?.dropOn
    ? text("installed.data.archived", { on: formatDate(removal.dropOn, language) })
    : text(`installed.data.${data === "archived" ? "none" : data}`);
}

/** Who asked takes it back; anybody else decides. */
function Asked(props: { readonly module: Ended; readonly onDecide: (decision: Decision) => void }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { removal, title } = props.module;
  if (!removal) return null;
  const { id, askedBy, askedAt, why, mine } = removal;
  const decide = (approve: boolean) =>
    props.onDecide({ act: approve ? "approvePurge" : "declinePurge", id, words: { title: name(title) } });
  return (
    <div className="ds-row ds-row-between">
      <span className="ad-break">
        {text("installed.purgeAskedBy", { name: askedBy, at: formatInstant(askedAt, language), why })}
        {mine && ` ${text("installed.purgeMine")}`}
      </span>
      <span className="ds-row">
        {!mine && (
          <Button color="red" onClick={() => decide(true)}>
            {text("installed.approvePurge")}
          </Button>
        )}
        <Button variant="default" onClick={() => decide(false)}>
          {text(mine ? "installed.takeBackPurge" : "installed.declinePurge")}
        </Button>
      </span>
    </div>
  );
}
