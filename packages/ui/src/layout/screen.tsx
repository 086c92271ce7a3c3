import { Alert } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useUi } from "../provider.tsx";

interface ScreenProps {
  /** The one h1, and the title of the browser's tab. */
  readonly title: string;
  /** Stands before the heading: the way back, the step. */
  readonly before?: ReactNode;
  /** What just succeeded; announced without moving focus. */
  readonly notice?: ReactNode;
  /** What failed for the whole screen. */
  readonly error?: ReactNode;
  /** Stands right of the heading on wide screens, under it on phones. */
  readonly actions?: ReactNode;
  /** narrow: one thing to read or answer; wide: lists; full: work places with columns of their own. */
  readonly width?: "narrow" | "wide" | "full";
  /** The heading is for screen readers only (the screen shows it elsewhere). */
  readonly hideTitle?: boolean;
  readonly children: ReactNode;
}

/** A page's main landmark with its one heading; after a change of page focus goes there, so that it is read out. */
export function Screen(props: ScreenProps) {
  const { visited } = useUi();
  const heading = useRef<HTMLHeadingElement>(null);
  const { title } = props;

  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (visited.current) heading.current?.focus({ preventScroll: true });
    visited.current = true;
  }, [visited]);

  return (
    <main id="main" className={`ds-screen ds-screen-${props.width ?? "narrow"}`}>
      {props.before}
      <div className={props.hideTitle ? "ds-hidden" : "ds-heading"}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {props.actions}
      </div>
      <div role="status" className="ds-notice">
        {props.notice && (
          <Alert color="teal" variant="light" className="ds-alert">
            {props.notice}
          </Alert>
        )}
      </div>
      {props.error && (
        <Alert color="red" variant="light" role="alert" className="ds-alert">
          {props.error}
        </Alert>
      )}
      {props.children}
    </main>
  );
}
