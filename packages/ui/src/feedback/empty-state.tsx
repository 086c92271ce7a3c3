import type { ReactNode } from "react";

/** Says in one sentence why there is nothing, and offers the one thing to do about it. */
export function EmptyState(props: { readonly title: string; readonly action?: ReactNode }) {
  return (
    <div className="ds-empty">
      <p>{props.title}</p>
      {props.action}
    </div>
  );
}
