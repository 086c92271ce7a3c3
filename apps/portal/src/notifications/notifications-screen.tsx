import { Button, EmptyState, ErrorState, Screen, Skeleton, Switch } from "@doorstep/ui";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../live/use-live.ts";
import { errorNumber, useErrorText } from "../shell/error-text.ts";
import { kernel } from "../shell/rpc.ts";
import { useMay, useSession } from "../shell/session.ts";
import { NotificationItem } from "./notification-item.tsx";
import { SettingsPart } from "./settings-part.tsx";
import { useWords } from "./words.ts";

/** Everything one was told of, newest first, and what one wants to be told of. */
export function NotificationsScreen() {
  const words = useWords();
  const session = useSession();
  const may = useMay();
  if (session.data === null) return <Navigate to="/sign-in" search={{ to: "/notifications" }} replace />;
  return (
    <Screen title={words("title")}>
      <List />
      <section className="ds-panel" aria-labelledby="notification-settings">
        <h2 id="notification-settings">{words("settings")}</h2>
        {may("desk.use") && <SettingsPart side="staff" />}
        <SettingsPart side="petitioner" />
      </section>
    </Screen>
  );
}

function List() {
  const words = useWords();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [unread, setUnread] = useState(false);
  const list = useInfiniteQuery(
    kernel.notifications.list.infiniteQueryOptions(
      { limit: 30, unread },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
    ),
  );
  const changed = () => void queries.invalidateQueries(kernel.notifications.pathFilter());
  const read = useMutation(kernel.notifications.read.mutationOptions({ onSettled: changed }));
  useLive((news) => {
    if (news.bell) changed();
  });
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.isError)
    return (
      <ErrorState title={errorText(list.error)} number={errorNumber(list.error)} onRetry={() => void list.refetch()} />
    );
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="ds-row ds-row-between">
        <Switch
          label={words("onlyUnread")}
          checked={unread}
          onChange={(event) => setUnread(event.currentTarget.checked)}
        />
        <Button variant="default" loading={read.isPending} onClick={() => read.mutate({})}>
          {words("readAll")}
        </Button>
      </div>
      {items.length === 0 && <EmptyState title={words(unread ? "emptyUnread" : "empty")} />}
      <ul className="ds-list">
        {items.map((item) => (
          <NotificationItem key={item.id} item={item} onChanged={changed} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words("olderOnes")}
        </Button>
      )}
    </>
  );
}
