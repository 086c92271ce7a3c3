import { Anchor, ErrorState, Skeleton, Stack, Text, useErrorText } from "@doorstep/sdk/ui";
import { DueWords } from "./due-words.tsx";
import { useTasks } from "./use-today.ts";
import { useLeaderDesk } from "./words.ts";

const SHOWN = 5;

/** Point `leader/widget@1`: what the reader has promised or was given to do, the nearest day first. */
export function TasksWidget() {
  const { say } = useLeaderDesk();
  const errorText = useErrorText();
  const tasks = useTasks();
  if (tasks.isError) return <ErrorState title={errorText(tasks.error)} onRetry={() => void tasks.refetch()} />;
  if (!tasks.data) return <Skeleton lines={3} />;
  const own = tasks.data.filter((one) => one.leftBy === null);
  if (own.length === 0) return <Text>{say("today.noTask")}</Text>;
  return (
    <Stack>
      <ul className="ds-list">
        {own.slice(0, SHOWN).map((one) => (
          <li key={one.taskId}>
            <Text>{one.text}</Text>
            <DueWords what="task" on={one.dueOn} />
          </li>
        ))}
      </ul>
      {own.length > SHOWN && <Text>{say("today.more", { n: own.length - SHOWN })}</Text>}
      <Anchor href="/desk/tasks">{say("today.allTasks")}</Anchor>
    </Stack>
  );
}
