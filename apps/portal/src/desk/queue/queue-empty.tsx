import { EmptyState } from "@doorstep/ui";
import type { QueueFilter } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { useDeskText } from "../text.ts";

/** Why there is nothing, and the one thing to do about it. */
export function QueueEmpty(props: { readonly filter: QueueFilter }) {
  const { text } = useDeskText();
  const { view, unit, category, channel, q } = props.filter;
  if (unit || category || channel || q)
    return (
      <EmptyState
        title={text("desk.queue.emptyFiltered")}
        action={<DeskLink to={{ page: "queue", filter: { view } }}>{text("desk.queue.clear")}</DeskLink>}
      />
    );
  return (
    <EmptyState
      title={text("desk.queue.empty")}
      action={
        view !== "open" && (
          <DeskLink to={{ page: "queue", filter: { view: "open" } }}>{text("desk.queue.toOpen")}</DeskLink>
        )
      }
    />
  );
}
