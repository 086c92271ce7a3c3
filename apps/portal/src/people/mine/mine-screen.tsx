import { Badge, Button, EmptyState, ErrorState, formatDate, Screen, Skeleton } from "@doorstep/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel } from "../../shell/rpc.ts";
import { useSession } from "../../shell/session.ts";

/** What the signed-in person has raised: title, where it stands, the next date. */
export function MineScreen() {
  const text = useText();
  const session = useSession();
  if (session.data === null) return <Navigate to="/sign-in" search={{ to: "/my" }} replace />;
  return (
    <Screen title={text("mine.title")}>
      <Mine />
    </Screen>
  );
}

function Mine() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const list = useInfiniteQuery(
    kernel.intake.mine.infiniteQueryOptions({ limit: 20 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.isError) {
    return (
      <ErrorState title={errorText(list.error)} number={errorNumber(list.error)} onRetry={() => void list.refetch()} />
    );
  }
  const matters = list.data.pages.flatMap((page) => page.items);
  if (matters.length === 0) {
    return (
      <EmptyState
        title={text("mine.empty")}
        action={
          <Link to="/file" className="ds-link">
            {text("home.file")}
          </Link>
        }
      />
    );
  }
  return (
    <>
      <ul className="ds-list">
        {matters.map((matter) => (
          <li key={matter.caseId}>
            <Link to="/my/$caseId" params={{ caseId: matter.caseId }} className="ds-tile">
              <span className="ds-tile-text">
                <span className="ds-tile-title">{matter.title}</span>
                <span className="ds-tile-note">
                  {text(`case.status.${matter.status}`)}
                  {matter.nextDueOn && ` · ${text("mine.next", { date: formatDate(matter.nextDueOn, language) })}`}
                </span>
              </span>
              {matter.unread && (
                <Badge color="indigo" variant="light" c="dark.9">
                  {text("mine.unread")}
                </Badge>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {text("mine.more")}
        </Button>
      )}
    </>
  );
}
