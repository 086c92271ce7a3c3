import type { ReactNode } from "react";

export interface TimelineEntry {
  readonly key: string;
  /** When, already in words. */
  readonly when: string;
  readonly title: string;
  readonly who?: string | undefined;
  readonly body?: ReactNode;
  /** mine: written by the reader; note: marked as not for everybody. */
  readonly tone?: "plain" | "mine" | "note" | undefined;
}

/** What happened, oldest first, as a list that reads without its line. */
export function Timeline(props: { readonly label: string; readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className="ds-timeline" aria-label={props.label}>
      {props.entries.map((entry) => (
        <li key={entry.key} data-tone={entry.tone ?? "plain"}>
          <p className="ds-timeline-head">
            <strong>{entry.title}</strong>
            <span className="ds-timeline-when">{entry.who ? `${entry.who} · ${entry.when}` : entry.when}</span>
          </p>
          {entry.body && <div className="ds-timeline-body">{entry.body}</div>}
        </li>
      ))}
    </ol>
  );
}
