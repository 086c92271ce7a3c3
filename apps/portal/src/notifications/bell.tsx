import "./bell.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLive } from "../live/use-live.ts";
import { kernel } from "../shell/rpc.ts";
import { useWords } from "./words.ts";

const LOOK_EVERY_MS = 300_000;

/** The way to the notifications, with how many are unread; it follows by itself. */
export function Bell() {
  const words = useWords();
  const queries = useQueryClient();
  const counted = useQuery(kernel.notifications.count.queryOptions({}, { refetchInterval: LOOK_EVERY_MS }));
  useLive((news) => {
    if (news.bell) void queries.invalidateQueries(kernel.notifications.pathFilter());
  });
  const { unread, more } = counted.data ?? { unread: 0, more: false };
  const count = more ? words("more", { count: unread }) : String(unread);
  return (
    <Link to="/notifications" className="ds-bell" aria-label={words(unread === 0 ? "bell_zero" : "bell", { count })}>
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d="M6 17V10a6 6 0 0 1 12 0v7l2 2H4zM10 21h4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {unread > 0 && <span className="ds-bell-count">{count}</span>}
    </Link>
  );
}
