import type { ModuleHealth } from "@doorstep/contracts";
import { Alert, formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

/** How one module is: where it runs, what is paused, and what went wrong of late at units the reader sees. */
export function HealthPart(props: { readonly pluginId: string }) {
  const text = useText();
  const health = useQuery(kernel.modules.health.queryOptions({}));
  return (
    <section aria-labelledby="health">
      <h2 id="health">{text("modules.health.title")}</h2>
      <Loaded query={health} lines={2}>
        {(all) => {
          const one = all.find(({ id }) => id === props.pluginId);
          return one && <Card health={one} />;
        }}
      </Loaded>
    </section>
  );
}

function Card(props: { readonly health: ModuleHealth }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { where, memoryBytes, restarts, paused, incidents } = props.health;
  const facts = [
    text(where === null ? "modules.health.stopped" : `modules.health.where.${where}`),
    ...(memoryBytes === null ? [] : [text("modules.health.memory", { mb: Math.ceil(memoryBytes / 1_048_576) })]),
    ...(restarts === 0 ? [] : [text("modules.health.restarts", { count: restarts })]),
  ];
  return (
    <>
      <p className="ds-hint">{facts.join(" · ")}</p>
      {paused.length > 0 && (
        <Alert color="yellow" className="ds-alert">
          <ul className="ad-plain">
            {paused.map(({ kind, until }) => (
              <li key={kind.en}>
                {text("modules.health.paused", { kind: name(kind), at: formatInstant(until, language) })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {incidents.length === 0 ? <p>{text("modules.health.none")}</p> : <Incidents incidents={incidents} />}
    </>
  );
}

function Incidents(props: { readonly incidents: ModuleHealth["incidents"] }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  return (
    <>
      <p className="ds-hint">{text("modules.health.note")}</p>
      <ul className="ad-rows" aria-label={text("modules.health.incidents")}>
        {props.incidents.map(({ kind, what, code, version, unit, count, day, lastAt }) => (
          <li key={[day, kind.en, code, version, unit?.id].join(" ")}>
            <strong>{text("modules.health.times", { count, what: name(what) })}</strong>
            <p className="ds-hint ad-line">
              {[
                name(kind),
                unit ? name(unit.name) : text("modules.health.several"),
                text("modules.version", { version }),
                text("modules.health.last", { at: formatInstant(lastAt, language) }),
              ].join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
