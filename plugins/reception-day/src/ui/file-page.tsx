import { Button, Screen, Stack, TakeDown, useMutation, usePage } from "@doorstep/sdk/ui";
import { useReception } from "./words.ts";

/** The desk's own form for what a visitor came with; the petition's clock runs from here. */
export default function FilePage() {
  const { say, rpc } = useReception();
  const { params, go } = usePage();
  const { sessionId = "", bookingId = "" } = params;
  const file = useMutation(rpc.file.mutationOptions());
  const isSealed = file.data !== undefined && file.data.caseId === null;
  return (
    <Screen title={say("file.title")} width="wide">
      <Stack gap="lg">
        <TakeDown
          via="visit"
          draft={`reception-day:${bookingId}`}
          onFile={(taken) => file.mutateAsync({ bookingId, taken })}
          filedNote={() => isSealed && <p>{say("file.sealed")}</p>}
        />
        <div>
          <Button
            variant="default"
            onClick={() => go(isSealed ? `/days/${sessionId}` : `/days/${sessionId}/visits/${bookingId}`)}
          >
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}
