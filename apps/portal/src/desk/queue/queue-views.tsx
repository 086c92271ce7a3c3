import { deskViews } from "@doorstep/contracts";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { badgeOf } from "./arrivals.ts";

/** The views as links with their counts; on a phone one list to choose from. */
export function QueueViews(props: { readonly filter: QueueFilter }) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { filter } = props;
  const counts = useQuery(
    kernel.cases.counts.queryOptions(filter.unit ? { unitId: filter.unit } : {}, { refetchInterval: 60_000 }),
  );
  const to = (view: QueueFilter["view"]) => ({ page: "queue", filter: { ...filter, view, q: undefined } }) as const;
  const current = (view: QueueFilter["view"]) => filter.q === undefined && filter.view === view;

  return (
    <nav aria-label={text("desk.queue.views")} className="desk-views">
      <ul>
        {deskViews.map((view) => (
          <li key={view}>
            <DeskLink to={to(view)} current={current(view)}>
              <span>{nameOf(text, "view", view)}</span>
              {badgeOf(counts.data?.[view]) && <span className="desk-count">{badgeOf(counts.data?.[view])}</span>}
            </DeskLink>
          </li>
        ))}
      </ul>
      <label className="desk-views-select">
        <span>{text("desk.queue.view")}</span>
        <select
          value={filter.view}
          onChange={(event) => go(to(event.currentTarget.value as QueueFilter["view"]))}
          className="desk-native-select"
        >
          {deskViews.map((view) => (
            <option key={view} value={view}>
              {text("desk.queue.viewCount", {
                view: nameOf(text, "view", view),
                count: badgeOf(counts.data?.[view]) ?? "0",
              })}
            </option>
          ))}
        </select>
      </label>
    </nav>
  );
}
