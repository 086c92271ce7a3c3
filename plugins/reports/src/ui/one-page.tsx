import {
  Button,
  EmptyState,
  ErrorState,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { ReportView } from "./report-view.tsx";
import { useReports } from "./words.ts";

/** A report of the unit's own, by the newest figures. */
export default function OnePage() {
  const { say, rpc } = useReports();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.list.queryOptions(undefined, { staleTime: 0 }));
  const one = found.data?.reports.find(({ id }) => id === params.id);
  return (
    <Screen title={one?.title ?? say("own.title")} width="wide">
      <Stack gap="lg">
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data && !one && <EmptyState title={say("own.gone")} />}
        {one && (
          <ReportView report="own" params={{ report: one.id }} chart={one.definition.chart} heading={one.title} />
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
