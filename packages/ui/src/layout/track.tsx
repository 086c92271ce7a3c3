export interface TrackStop {
  readonly key: string;
  readonly label: string;
  readonly state: "done" | "current" | "ahead";
  /** The state in words, for those who do not see the line. */
  readonly stateLabel: string;
}

/** A short line of stops, such as the public stages of a matter. */
export function Track(props: { readonly label: string; readonly stops: readonly TrackStop[] }) {
  return (
    <ol className="ds-track" aria-label={props.label}>
      {props.stops.map((stop) => (
        <li key={stop.key} data-state={stop.state} aria-current={stop.state === "current" ? "step" : undefined}>
          <span aria-hidden="true" className="ds-track-mark">
            {stop.state === "done" ? "✓" : ""}
          </span>
          <span>{stop.label}</span>
          <span className="ds-hidden">{stop.stateLabel}</span>
        </li>
      ))}
    </ol>
  );
}
