interface ProseProps {
  readonly parts: readonly { readonly heading: string; readonly lines: readonly string[] }[];
}

/** Headings with short lines under them. */
export function Prose(props: ProseProps) {
  return (
    <div className="ds-prose">
      {props.parts.map((part) => (
        <section key={part.heading}>
          <h2>{part.heading}</h2>
          <ul>
            {part.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
