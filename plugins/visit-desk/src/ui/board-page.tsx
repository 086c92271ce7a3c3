import "./visit.css";
import { Button, EmptyState, ErrorState, Screen, Skeleton, useErrorText, usePage, useQuery } from "@doorstep/sdk/ui";
import { useVisitDesk } from "./words.ts";

const FRESH_MS = 5_000;

/** Point `desk/page@1`: for the screen in the hall. Numbers and rooms, and nothing else. */
export function BoardPage() {
  const { say, rpc } = useVisitDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const hall = useQuery(rpc.today.queryOptions(undefined, { refetchInterval: FRESH_MS }));
  return (
    <Screen title={say("board.title")} width="wide">
      {hall.isPending && <Skeleton lines={4} />}
      {hall.isError && <ErrorState title={errorText(hall.error)} onRetry={() => void hall.refetch()} />}
      {hall.data?.talking.length === 0 && <EmptyState title={say("board.empty")} />}
      <ul className="ds-list visit-desk-board" aria-live="polite">
        {hall.data?.talking.map(({ visitId, no, room }) => (
          <li key={visitId}>{say("board.row", { no, room: room ?? "" })}</li>
        ))}
      </ul>
      <Button variant="default" className="ds-no-print" onClick={() => go("/")}>
        {say("talk.toHall")}
      </Button>
    </Screen>
  );
}
