import { Button, EmptyState, Screen, Skeleton } from "@doorstep/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { RequestItem } from "./request-item.tsx";

const sides = ["toDecide", "mine"] as const;

/** Who wants to know who somebody is: for the custodian to decide, and what one has asked for oneself. */
export function IdentityScreen() {
  const { text } = useDeskText();
  const queries = useQueryClient();
  const [side, setSide] = useState<(typeof sides)[number]>("toDecide");
  const [done, setDone] = useState<string>();
  const list = useQuery(kernel.vault.requests.queryOptions({ side }));
  return (
    <Screen title={text("desk.identity.title")} notice={done}>
      <fieldset className="ds-row" aria-label={text("desk.identity.sides")}>
        {sides.map((one) => (
          <Button
            key={one}
            variant={one === side ? "filled" : "default"}
            aria-pressed={one === side}
            onClick={() => {
              setDone(undefined);
              setSide(one);
            }}
          >
            {text(`desk.identity.${one}`)}
          </Button>
        ))}
      </fieldset>
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={6} />}
      {list.isSuccess && list.data.length === 0 && (
        <EmptyState
          title={text("desk.identity.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <ul className="ds-list">
        {list.data?.map((request) => (
          <RequestItem
            key={`${request.requestId} ${request.state}`}
            request={request}
            onDone={(message) => {
              setDone(message);
              void queries.invalidateQueries({ queryKey: kernel.vault.pathKey() });
            }}
          />
        ))}
      </ul>
    </Screen>
  );
}
