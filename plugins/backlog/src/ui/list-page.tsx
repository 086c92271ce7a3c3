import { EmptyState, ErrorState, RadioCards, Screen, Skeleton, Stack, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { ItemList } from "./item-list.tsx";
import { useBacklog } from "./words.ts";

/** The backlog of the unit and below, the oldest first; or what was struck off. */
export default function ListPage() {
  const { say, rpc } = useBacklog();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<"open" | "struck" | "">("open");
  const which = chosen === "struck" ? "struck" : "open";
  const list = useQuery(rpc.list.queryOptions({ which }, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={chosen}
          onChange={setChosen}
          cards={(["open", "struck"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say(which === "open" ? "list.none" : "list.noneStruck")} />}
        {list.data && <ItemList items={list.data} />}
      </Stack>
    </Screen>
  );
}
