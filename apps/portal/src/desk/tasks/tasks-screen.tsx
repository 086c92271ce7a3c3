import { EmptyState, Screen, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { TaskItem } from "./task-item.tsx";

/** What one has to do by a day, nearest first; for officers also what lies with somebody who has left. */
export function TasksScreen() {
  const { text } = useDeskText();
  const [done, setDone] = useState<string>();
  const list = useQuery(kernel.tasks.list.queryOptions({}, { staleTime: 0 }));
  return (
    <Screen title={text("desk.tasks.title")} notice={done}>
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={6} />}
      {list.data?.length === 0 && (
        <EmptyState
          title={text("desk.tasks.empty")}
          action={
            <DeskLink to={{ page: "queue", filter: openQueue }} className="ds-link">
              {text("desk.unknown.back")}
            </DeskLink>
          }
        />
      )}
      <ul className="ds-list">
        {list.data?.map((task) => (
          <TaskItem
            key={task.taskId}
            task={task}
            onDone={(message) => {
              setDone(message);
              void list.refetch();
            }}
          />
        ))}
      </ul>
    </Screen>
  );
}
