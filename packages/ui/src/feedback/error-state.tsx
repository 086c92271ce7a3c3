import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useUi } from "../provider.tsx";

interface ErrorStateProps {
  /** What failed. */
  readonly title: string;
  /** What is safe, and what to do next. */
  readonly note?: ReactNode;
  /** To read out on the phone; never anything personal. */
  readonly number?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
}

/** What failed, what is safe, a way to try again, and a number to tell. */
export function ErrorState(props: ErrorStateProps) {
  const { text } = useUi();
  return (
    <div role="alert" className="ds-error-state">
      <p className="ds-error-title">{props.title}</p>
      {props.note && <p>{props.note}</p>}
      {props.number && <p className="ds-error-number">{text("errorNumber", { number: props.number })}</p>}
      {props.onRetry && (
        <Button variant="default" onClick={props.onRetry}>
          {text("retry")}
        </Button>
      )}
    </div>
  );
}
