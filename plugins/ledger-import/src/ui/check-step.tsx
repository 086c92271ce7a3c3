import {
  Alert,
  Button,
  ErrorState,
  Group,
  Screen,
  Stack,
  Steps,
  Text,
  useErrorText,
  useMutation,
} from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { DownloadReport } from "./download-report.tsx";
import { ReportList } from "./report-list.tsx";
import { useUntilDone } from "./use-until-done.ts";
import { useLedgerImport } from "./words.ts";

interface CheckStepProps {
  readonly importId: string;
  readonly onBack: () => void;
  readonly onRun: () => void;
}

/** Step 4: every row is tried out, and the bad ones are shown with their reasons. */
export function CheckStep(props: CheckStepProps) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const { importId } = props;
  const check = useMutation(rpc.check.mutationOptions());
  const { start, latest, error } = useUntilDone(() => check.mutateAsync({ importId }));
  useEffect(() => void start(), [start]);
  const isDone = latest?.done ?? false;
  return (
    <Screen title={say("check.title")} width="wide" before={<Steps current={4} total={5} />}>
      <Stack gap="lg">
        {error !== undefined && <ErrorState title={errorText(error)} onRetry={() => void start()} />}
        {!isDone && error === undefined && (
          <Text role="status">{say("check.working", { row: latest?.readTo ?? 1 })}</Text>
        )}
        {isDone && latest && <Outcome {...props} ready={latest.counts.ready} bad={latest.counts.bad} />}
      </Stack>
    </Screen>
  );
}

function Outcome(props: CheckStepProps & { readonly ready: number; readonly bad: number }) {
  const { say } = useLedgerImport();
  const { ready, bad } = props;
  return (
    <>
      <div role="status">
        <Text fw={600}>{say("check.ready", { count: ready })}</Text>
        {bad > 0 ? <Text fw={600}>{say("check.bad", { count: bad })}</Text> : <Text>{say("check.allGood")}</Text>}
      </div>
      {ready === 0 && (
        <Alert color="red" role="alert" className="ds-alert">
          {say("check.nothing")}
        </Alert>
      )}
      <Group gap="md">
        {ready > 0 && <Button onClick={props.onRun}>{say("check.run", { count: ready })}</Button>}
        <Button variant="default" onClick={props.onBack}>
          {say("check.back")}
        </Button>
        {bad > 0 && <DownloadReport importId={props.importId} />}
      </Group>
      {bad > 0 && <ReportList importId={props.importId} label={say("check.report")} />}
    </>
  );
}
