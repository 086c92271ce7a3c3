import { useId } from "react";

/** How far a long work is, in words and as a bar. */
export function ProgressBar(props: { readonly label: string; readonly share: number }) {
  const id = useId();
  return (
    <div role="status">
      <label htmlFor={id}>{props.label}</label>
      <progress id={id} max={1} value={props.share} style={{ display: "block", width: "100%" }} />
    </div>
  );
}
