import { EmptyState, ErrorState, RadioCards, Screen, Skeleton, Stack, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { MatterList } from "./matter-lines.tsx";
import { useSupervision } from "./words.ts";

/** What the unit supervises: what waits for it first. */
export default function ListPage() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const [which, setWhich] = useState<"open" | "over" | "">("open");
  const list = useQuery(rpc.list.queryOptions({ over: which === "over" }, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={which}
          onChange={setWhich}
          cards={(["open", "over"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say(which === "over" ? "list.noneOver" : "list.none")} />}
        {list.data && <MatterList matters={list.data} to={(id) => `/m/${id}`} />}
      </Stack>
    </Screen>
  );
}
