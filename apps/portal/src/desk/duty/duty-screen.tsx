import { EmptyState, Screen, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { DutyItem } from "./duty-item.tsx";

/** Somebody is in danger: who takes it, tells by phone, and reports. Made for a phone held in one hand. */
export function DutyScreen() {
  const { text } = useDeskText();
  const [done, setDone] = useState<string>();
  const open = useQuery(kernel.duty.open.queryOptions({}));
  return (
    <Screen title={text("desk.duty.title")} notice={done}>
      <p className="ds-hint">{text("desk.duty.about")}</p>
      {open.isError && <FailedState error={open.error} onRetry={() => void open.refetch()} />}
      {open.isPending && <Skeleton lines={4} />}
      {open.data?.length === 0 && (
        <EmptyState
          title={text("desk.duty.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <ul className="ds-list">
        {open.data?.map((page) => (
          <DutyItem
            key={page.caseId}
            page={page}
            onDone={(message) => {
              setDone(message);
              void open.refetch();
            }}
          />
        ))}
      </ul>
    </Screen>
  );
}
