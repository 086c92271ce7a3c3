import { Button, ErrorState, Skeleton, Stack, Text, useErrorText, usePage } from "@doorstep/sdk/ui";
import { DueWords } from "./due-words.tsx";
import { mostUrgent } from "./most-urgent.ts";
import { useApprovals, useMine, useTasks } from "./use-today.ts";
import { useLeaderDesk } from "./words.ts";

/** Point `leader/widget@1`: the one thing to do first. */
export function UrgentWidget() {
  const { say } = useLeaderDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useMine();
  const approvals = useApprovals();
  const tasks = useTasks();
  const failed = mine.error ?? approvals.error ?? tasks.error;
  if (failed)
    return (
      <ErrorState
        title={errorText(failed)}
        onRetry={() => {
          for (const one of [mine, approvals, tasks]) void one.refetch();
        }}
      />
    );
  if (!(mine.data && approvals.data && tasks.data)) return <Skeleton lines={2} />;
  const urgent = mostUrgent(mine.data, approvals.data.items, tasks.data);
  if (!urgent) return <Text>{say("today.none")}</Text>;
  return (
    <Stack>
      <Text fw={600}>{urgent.title}</Text>
      <div>{urgent.on ? <DueWords what={urgent.what} on={urgent.on} /> : <Text>{say("today.approve")}</Text>}</div>
      <div>
        <Button onClick={() => go(urgent.to)}>{say("today.first")}</Button>
      </div>
    </Stack>
  );
}
