import type { TaskItem as Task } from "@doorstep/contracts";
import { Badge, Button, formatDate, TextArea } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

/** One thing to do by a day; whoever has it says what came of it. */
export function TaskItem(props: { readonly task: Task; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { task } = props;
  const [result, setResult] = useState("");
  const [key, setKey] = useState(newKey);
  const end = useMutation({
    mutationFn: (done: boolean) => kernelClient.tasks.end.mutate({ taskId: task.taskId, key, done, result }),
    onSuccess: (_, done) => props.onDone(text(done ? "desk.tasks.ended" : "desk.tasks.dropped")),
  });
  const isEmpty = result.trim() === "";
  return (
    <li className="ds-panel">
      <p className="ds-text">
        <strong>{task.text}</strong>
      </p>
      <p className="desk-row-facts">
        <span>{text("desk.tasks.due", { date: formatDate(task.dueOn, language) })}</span>
        {task.late && (
          <Badge color="red" c="dark.9">
            {text("desk.tasks.late")}
          </Badge>
        )}
        <span>{task.unit[language]}</span>
        <span>{text("desk.tasks.from", { module: task.module[language] })}</span>
      </p>
      {task.case && (
        <p>
          <DeskLink to={{ page: "case", caseNo: task.case.caseNo, filter: openQueue }} className="ds-link">
            {task.case.title}
          </DeskLink>{" "}
          <span className="ds-mono">{task.case.caseNo}</span>
        </p>
      )}
      {task.leftBy !== null ? (
        <p>
          {text("desk.tasks.leftBy", { name: task.leftBy })}{" "}
          <DeskLink to={{ page: "handover" }} className="ds-link">
            {text("desk.handover.title")}
          </DeskLink>
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            end.mutate(true);
          }}
        >
          <TextArea
            name={`result-${task.taskId}`}
            label={text("desk.tasks.result")}
            required
            maxLength={1_000}
            rows={2}
            tone="internal"
            value={result}
            onChange={(value) => {
              setResult(value);
              setKey(newKey());
            }}
          />
          {end.isError && <FailedState error={end.error} onRetry={() => end.reset()} />}
          <div className="ds-row ds-actions">
            <Button type="submit" disabled={end.isPending || isEmpty}>
              {text("desk.tasks.done")}
            </Button>
            <Button variant="default" disabled={end.isPending || isEmpty} onClick={() => end.mutate(false)}>
              {text("desk.tasks.drop")}
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}
