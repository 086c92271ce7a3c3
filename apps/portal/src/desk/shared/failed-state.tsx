import { ErrorState } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import { problemOf } from "./problem.ts";

/** What could not be loaded, why, and a way to try again. */
export function FailedState(props: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const { text, language } = useDeskText();
  const problem = problemOf(props.error, language);
  return (
    <ErrorState
      title={text("desk.failed.title")}
      note={problem.message}
      number={problem.number}
      onRetry={props.onRetry}
    />
  );
}
