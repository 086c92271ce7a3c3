import {
  Button,
  EmptyState,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { CauseList } from "./cause-list.tsx";
import { useRootCause } from "./words.ts";

/** The root causes of the unit and below: what waits for somebody first; or those that are over. */
export default function ListPage() {
  const { say, rpc, can } = useRootCause();
  const { go } = usePage();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<"open" | "over" | "">("open");
  const which = chosen === "over" ? "over" : "open";
  const list = useQuery(rpc.list.queryOptions({ which }, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={chosen}
          onChange={setChosen}
          cards={(["open", "over"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {can("keep") && (
          <div>
            <Button onClick={() => go("/new")}>{say("list.new")}</Button>
          </div>
        )}
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say(which === "open" ? "list.none" : "list.noneOver")} />}
        {list.data && <CauseList causes={list.data} />}
      </Stack>
    </Screen>
  );
}
