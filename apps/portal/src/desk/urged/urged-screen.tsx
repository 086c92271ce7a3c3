import { supervisionSides } from "@doorstep/contracts";
import { Button, EmptyState, Screen, Skeleton } from "@doorstep/ui";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { UrgedItem } from "./urged-item.tsx";

/** Missed periods: what one's own unit has to answer, and what it urges below [R22:40]. */
export function UrgedScreen() {
  const { text } = useDeskText();
  const [side, setSide] = useState<(typeof supervisionSides)[number]>("toMe");
  const [done, setDone] = useState<string>();
  const queries = useQueryClient();
  const list = useInfiniteQuery(
    kernel.supervision.list.infiniteQueryOptions({ side, limit: 50 }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Screen title={text("desk.urged.title")} notice={done}>
      <p className="ds-row">
        <DeskLink to={{ page: "proof" }} className="ds-link">
          {text("desk.proof.title")}
        </DeskLink>
        <DeskLink to={{ page: "unitLetters" }} className="ds-link">
          {text("desk.unitLetters.title")}
        </DeskLink>
      </p>
      <fieldset className="ds-row" aria-label={text("desk.urged.sides")}>
        {supervisionSides.map((one) => (
          <Button
            key={one}
            variant={one === side ? "filled" : "default"}
            aria-pressed={one === side}
            onClick={() => {
              setDone(undefined);
              setSide(one);
            }}
          >
            {text(`desk.urged.${one}`)}
          </Button>
        ))}
      </fieldset>
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={6} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState
          title={text("desk.urged.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <ul className="ds-list">
        {items.map((item) => (
          <UrgedItem
            key={`${item.itemId} ${item.answeredAt}`}
            item={item}
            onDone={(message) => {
              setDone(message);
              void list.refetch();
              void queries.invalidateQueries({ queryKey: kernel.supervision.count.pathKey() });
            }}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {text("desk.more")}
        </Button>
      )}
    </Screen>
  );
}
