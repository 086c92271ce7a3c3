import { Button, EmptyState, formatInstant, Screen, Skeleton, useMediaQuery, useShortcuts } from "@doorstep/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import { openQueue } from "../place.ts";
import { moved } from "../queue/arrivals.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { RowDue } from "../shared/labels.tsx";
import { useDeskText } from "../text.ts";
import { ApprovalDetail } from "./approval-detail.tsx";

/** D5: what waits for a signature; one after the other by J and K, on a phone with one thumb. */
export function ApprovalsScreen(props: { readonly notice?: string | undefined }) {
  const { text, language } = useDeskText();
  const { go } = useDesk();
  const [done, setDone] = useState<string>();
  const twoColumns = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  const list = useInfiniteQuery(
    kernel.notices.toApprove.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const index = items.findIndex((item) => item.noticeId === props.notice);
  const current = items[index] ?? (twoColumns ? items[0] : undefined);
  const show = (noticeId: string | undefined) => go({ page: "approvals", notice: noticeId }, { replace: twoColumns });
  const step = (by: 1 | -1) => () => {
    const next = items[moved(index, by, items.length)];
    if (!next) return;
    setDone(undefined);
    show(next.noticeId);
    document.getElementById(`approval-${next.noticeId}`)?.focus();
  };

  useShortcuts([
    { keys: "j", label: text("desk.keys.next"), run: step(1) },
    { keys: "k", label: text("desk.keys.previous"), run: step(-1) },
    {
      keys: "u",
      label: text("desk.keys.back"),
      run: () => (props.notice ? show(undefined) : go({ page: "queue", filter: openQueue })),
    },
  ]);

  const finished = (message: string) => {
    setDone(message);
    const next = items[index + 1] ?? items[index - 1];
    show(twoColumns ? next?.noticeId : undefined);
  };

  return (
    <Screen
      title={text("desk.approvals.title")}
      width="full"
      notice={done}
      before={
        !twoColumns &&
        current && (
          <DeskLink to={{ page: "approvals" }} className="ds-back">
            {text("desk.approvals.back")}
          </DeskLink>
        )
      }
    >
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={8} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState
          title={text("desk.approvals.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <div className="desk-approvals">
        {(twoColumns || !current) && items.length > 0 && (
          <nav aria-label={text("desk.approvals.list")}>
            <ul className="ds-list">
              {items.map((item) => (
                <li key={item.noticeId}>
                  <DeskLink
                    id={`approval-${item.noticeId}`}
                    to={{ page: "approvals", notice: item.noticeId }}
                    className="desk-approval-row"
                    current={item.noticeId === current?.noticeId}
                  >
                    <span className="desk-row-title">{item.title}</span>
                    <span>{item.noticeName[language]}</span>
                    <RowDue item={item} />
                    <span className="ds-hint">{formatInstant(item.submittedAt, language)}</span>
                  </DeskLink>
                </li>
              ))}
            </ul>
            {list.hasNextPage && (
              <Button variant="default" onClick={() => void list.fetchNextPage()}>
                {text("desk.more")}
              </Button>
            )}
          </nav>
        )}
        {current && (
          <ApprovalDetail
            key={current.noticeId}
            caseId={current.caseId}
            noticeId={current.noticeId}
            onDone={finished}
          />
        )}
      </div>
    </Screen>
  );
}
