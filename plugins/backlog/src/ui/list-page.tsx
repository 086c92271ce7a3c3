import {
  Button,
  EmptyState,
  ErrorState,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { ItemList } from "./item-list.tsx";
import { useBacklog } from "./words.ts";

/** The backlog of the unit and below, the nearest day first, in pages; or what was struck off. */
export default function ListPage() {
  const { say, rpc } = useBacklog();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<"open" | "struck" | "">("open");
  const which = chosen === "struck" ? "struck" : "open";
  const [page, setPage] = useState(0);
  const list = useQuery(rpc.list.queryOptions({ which, page }, { staleTime: 0, placeholderData: (before) => before }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={chosen}
          onChange={(value) => {
            setChosen(value);
            setPage(0);
          }}
          cards={(["open", "struck"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.total === 0 && <EmptyState title={say(which === "open" ? "list.none" : "list.noneStruck")} />}
        {list.data && list.data.total > 0 && (
          <>
            <Text role="status">
              {say("list.shown", {
                from: list.data.page * list.data.size + 1,
                to: list.data.page * list.data.size + list.data.items.length,
                total: list.data.total,
              })}
            </Text>
            <ItemList items={list.data.items} />
            {list.data.total > list.data.size && (
              <Group>
                <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
                  {say("list.before")}
                </Button>
                <Button
                  variant="default"
                  disabled={(page + 1) * list.data.size >= list.data.total}
                  onClick={() => setPage(page + 1)}
                >
                  {say("list.after")}
                </Button>
              </Group>
            )}
          </>
        )}
      </Stack>
    </Screen>
  );
}
