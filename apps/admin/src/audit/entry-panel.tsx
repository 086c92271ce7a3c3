import { formatInstant, SidePanel, Table } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { changesOf } from "./changes.ts";
import { useAuditFilter } from "./use-audit-filter.ts";
import { type AuditEntry, useEntryWords } from "./use-entry-words.ts";

interface EntryPanelProps {
  readonly entry: AuditEntry | undefined;
  readonly onClose: () => void;
}

/** One entry: before and after, reason, hashes. */
export function EntryPanel(props: EntryPanelProps) {
  const text = useText();
  return (
    <SidePanel opened={props.entry !== undefined} title={text("audit.detail")} onClose={props.onClose}>
      {props.entry && <Detail entry={props.entry} onClose={props.onClose} />}
    </SidePanel>
  );
}

function Detail(props: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const words = useEntryWords();
  const { set } = useAuditFilter();
  const { stream, seq } = props.entry;
  const detail = useQuery(kernel.ledger.entry.queryOptions({ stream, seq }));
  return (
    <Loaded query={detail}>
      {({ entry, before, reason, seal, prev, request }) => (
        <div className="ad-detail">
          <h3>{name(entry.name)}</h3>
          <dl className="ad-facts">
            <Line term={text("audit.at")}>{formatInstant(entry.at, language)}</Line>
            <Line term={text("audit.by")}>{words.actor(entry)}</Line>
            <Line term={text("audit.place")}>{words.place(entry)}</Line>
            <Line term={text("audit.number")}>{String(entry.seq)}</Line>
            {request && <Line term={text("audit.request")}>{request}</Line>}
            {reason && <Line term={text("audit.reason")}>{reason}</Line>}
            <Line term={text("audit.sealedBy")}>
              {seal === null ? text("audit.notSealed") : text("audit.sealNo", { no: seal })}
            </Line>
          </dl>
          {entry.sealed ? (
            <p>{text("audit.sealed")}</p>
          ) : (
            <>
              <Changes entry={entry} earlier={before?.facts} />
              <h4>{text("audit.facts")}</h4>
              <dl className="ad-facts">
                {Object.entries(entry.facts).map(([field, value]) => (
                  <Line key={field} term={words.field(field)}>
                    {words.value(entry, value)}
                  </Line>
                ))}
              </dl>
            </>
          )}
          <dl className="ad-facts">
            <Line term={text("audit.hash")}>{entry.hash}</Line>
            <Line term={text("audit.prev")}>{prev}</Line>
          </dl>
          <p>
            <button
              type="button"
              className="ds-link"
              onClick={() => {
                set({ chain: stream });
                props.onClose();
              }}
            >
              {text("audit.sameChain")}
            </button>
          </p>
        </div>
      )}
    </Loaded>
  );
}

function Line(props: { readonly term: string; readonly children: string }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd className="ad-break">{props.children}</dd>
    </div>
  );
}

function Changes(props: { readonly entry: AuditEntry; readonly earlier: AuditEntry["facts"] | undefined }) {
  const text = useText();
  const words = useEntryWords();
  const changes = changesOf(props.entry.facts, props.earlier);
  if (changes.length === 0) return <p className="ds-hint">{text("audit.noChanges")}</p>;
  return (
    <Table>
      <caption>{text("audit.changes")}</caption>
      <thead>
        <tr>
          <th scope="col">{text("audit.field")}</th>
          <th scope="col">{text("audit.before")}</th>
          <th scope="col">{text("audit.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{words.field(change.field)}</th>
            <td className="ad-break">{words.value(props.entry, change.before)}</td>
            <td className="ad-break">{words.value(props.entry, change.after)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
