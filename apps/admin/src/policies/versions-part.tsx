import type { PolicyTable, PolicyVersions } from "@doorstep/contracts";
import { formatDate, formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

/** What the unit saved, and which running cases go by which version of the pack. */
export function VersionsPart(props: { readonly table: PolicyTable }) {
  const text = useText();
  const versions = useQuery(kernel.packs.versions.queryOptions({ unitId: props.table.unit.id }));
  return (
    <section aria-labelledby="versions" className="ad-part">
      <h2 id="versions">{text("policies.versions")}</h2>
      <Loaded query={versions} lines={3}>
        {(data) => (
          <>
            <h3>{text("policies.packs")}</h3>
            <Packs table={props.table} packs={data.packs} />
            <h3>{text("policies.history")}</h3>
            <History own={data.own} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Packs(props: { readonly table: PolicyTable; readonly packs: PolicyVersions["packs"] }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { table, packs } = props;
  const others = packs.filter((pack) => pack.id === table.pack.id && !pack.current && pack.running > 0);
  return (
    <ul>
      {packs.map((pack) => (
        <li key={`${pack.id}@${pack.version}`}>
          {[
            text("policies.packLine", {
              pack: name(pack.title),
              version: pack.version,
              from: formatDate(pack.validFrom, language),
            }),
            ...(pack.current ? [text("policies.current")] : []),
            text("policies.packRunning", { count: pack.running }),
          ].join(" · ")}
          {pack.current && others.length > 0 && (
            <>
              {" "}
              <Link
                to="/policies/$unitId/move/$to"
                params={{ unitId: table.unit.id, to: `${pack.id}@${pack.version}` }}
              >
                {text("policies.move")}
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function History(props: { readonly own: PolicyVersions["own"] }) {
  const text = useText();
  const language = useLanguage();
  if (props.own.length === 0) return <p>{text("policies.noHistory")}</p>;
  return (
    <ol className="ad-plain">
      {props.own.map((save) => (
        <li key={save.version}>
          {text("policies.historyLine", {
            version: save.version,
            from: formatDate(save.validFrom, language),
            by: save.by,
            at: formatInstant(save.at, language),
            numbers:
              Object.entries(save.numbers)
                .map(([ref, n]) => `${ref} ${n}`)
                .join(" · ") || text("policies.nothing"),
            reason: save.reason,
          })}
        </li>
      ))}
    </ol>
  );
}
