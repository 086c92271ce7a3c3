import type { MouseEvent, Ref } from "react";
import { useUi } from "../provider.tsx";
import type { SummaryLine } from "./error-summary.ts";

interface ErrorSummaryProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly lines: readonly SummaryLine[];
  readonly formId: string;
}

/** Names every wrong field at the top of the form; each line leads to its field. */
export function ErrorSummary(props: ErrorSummaryProps) {
  const { text, language } = useUi();
  /** A question needs no colon after its own mark. */
  const between = (label: string): string => {
    if (/[?？]$/.test(label)) return language === "en" ? " " : "";
    return language === "en" ? ": " : "：";
  };
  const go = (name: string) => (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(`${props.formId}-${name}`)?.focus();
  };
  return (
    <div ref={props.ref} tabIndex={-1} role="alert" className="ds-error-summary">
      <h2>{text("errorSummary", { count: props.lines.length })}</h2>
      <ul>
        {props.lines.map((line) => (
          <li key={line.name}>
            <a href={`#${props.formId}-${line.name}`} onClick={go(line.name)}>
              {line.label}
              {between(line.label)}
              {line.error}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
