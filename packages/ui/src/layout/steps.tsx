import { useUi } from "../provider.tsx";

interface StepsProps {
  /** From 1. */
  readonly current: number;
  readonly total: number;
}

/** Says where one stands in a row of pages, in words and as a bar. */
export function Steps(props: StepsProps) {
  const { text } = useUi();
  return (
    <p className="ds-steps">
      <span>{text("step", { current: props.current, total: props.total })}</span>
      <span className="ds-steps-bar" aria-hidden="true">
        <span style={{ width: `${(props.current / props.total) * 100}%` }} />
      </span>
    </p>
  );
}
