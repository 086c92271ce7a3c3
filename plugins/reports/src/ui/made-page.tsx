import { Button, ErrorState, Screen, Skeleton, Stack, useErrorText, usePage, useQuery } from "@doorstep/sdk/ui";
import { ReportView } from "./report-view.tsx";
import { useReports } from "./words.ts";

/** What was made by schedule, as it stood that day. */
export default function MadePage() {
  const { say, rpc } = useReports();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const id = params.id ?? "";
  const found = useQuery(rpc.edition.queryOptions({ id }, { staleTime: 0, retry: false }));
  const heading = found.data ? `${found.data.title} ${found.data.period}` : say("made.title");
  return (
    <Screen title={heading} width="wide">
      <Stack gap="lg">
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data && (
          <ReportView report="edition" params={{ edition: id }} chart={found.data.chart} heading={heading} />
        )}
        <div className="ds-no-print">
          <Button variant="default" onClick={() => go("/own")}>
            {say("own.back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}
