import { Alert, Button } from "@doorstep/ui";
import type { Problem } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

interface ActProblemProps {
  readonly problem: Problem | undefined;
  readonly stale: boolean;
  readonly onReload: () => void;
}

/** Why an act was not done, and what is safe. */
export function ActProblem(props: ActProblemProps) {
  const { text } = useDeskText();
  const { problem } = props;
  if (!problem) return null;
  if (props.stale)
    return (
      <Alert color="orange" variant="light" role="alert" className="ds-alert" title={text("desk.stale.title")}>
        <p>{text("desk.stale.note")}</p>
        <Button variant="default" onClick={props.onReload}>
          {text("desk.stale.reload")}
        </Button>
      </Alert>
    );
  return (
    <Alert color="red" variant="light" role="alert" className="ds-alert" title={text("desk.failed.send")}>
      <p>{problem.message}</p>
      {problem.reasons.length > 0 && (
        <ul>
          {problem.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {problem.code === "unexpected" && problem.number && <p className="ds-mono">{problem.number}</p>}
    </Alert>
  );
}
