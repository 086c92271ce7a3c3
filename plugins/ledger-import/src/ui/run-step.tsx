import {
  Button,
  ErrorState,
  Group,
  Screen,
  Stack,
  Steps,
  Text,
  useErrorText,
  useMutation,
  usePage,
} from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { DownloadReport } from "./download-report.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ReportList } from "./report-list.tsx";
import { useUntilDone } from "./use-until-done.ts";
import { useLedgerImport } from "./words.ts";

/** Step 5: the rows are imported, some seconds at a time, and counted up. */
export function RunStep(props: { readonly importId: string }) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const { importId } = props;
  const run = useMutation(rpc.run.mutationOptions());
  const { start, latest, error } = useUntilDone(() => run.mutateAsync({ importId }));
  useEffect(() => void start(), [start]);
  const counts = latest?.counts;
  const done = counts ? counts.created + counts.same + counts.refused : 0;
  const total = counts ? done + counts.ready : 0;
  const isDone = latest?.done ?? false;
  return (
    <Screen
      title={say(isDone ? "run.done" : "run.title")}
      width="wide"
      before={<Steps current={5} total={5} />}
      notice={isDone ? say("run.done") : undefined}
    >
      <Stack gap="lg">
        {error !== undefined && (
          <ErrorState title={errorText(error)} note={say("run.stopped")} onRetry={() => void start()} />
        )}
        {!isDone && error === undefined && (
          <>
            <ProgressBar label={say("run.progress", { done, total })} share={total === 0 ? 0 : done / total} />
            <Text>{say("run.keep")}</Text>
          </>
        )}
        {isDone && counts && <Result importId={importId} counts={counts} />}
      </Stack>
    </Screen>
  );
}

interface ResultProps {
  readonly importId: string;
  readonly counts: { readonly created: number; readonly same: number; readonly refused: number; readonly bad: number };
}

function Result(props: ResultProps) {
  const { say } = useLedgerImport();
  const { go } = usePage();
  const { created, same, refused, bad } = props.counts;
  const missed = refused + bad;
  return (
    <>
      <div>
        <Text fw={600}>{say("run.created", { count: created })}</Text>
        {same > 0 && <Text>{say("run.same", { count: same })}</Text>}
        {missed > 0 && <Text>{say("run.refused", { count: missed })}</Text>}
      </div>
      <Group gap="md">
        <Button onClick={() => go("/")}>{say("run.toList")}</Button>
        <DownloadReport importId={props.importId} />
      </Group>
      {missed > 0 && <ReportList importId={props.importId} label={say("run.report")} />}
    </>
  );
}
