import type { QueueItem } from "@doorstep/contracts";
import { Button, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { dueSentence } from "../shared/due.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { Labels } from "../shared/labels.tsx";
import { nameOf, useDeskText } from "../text.ts";

interface QueuePreviewProps {
  readonly item: QueueItem;
  readonly filter: QueueFilter;
  readonly onClose: () => void;
}

/** The case of the current row beside the list: what it says and what is due, without leaving the list. */
export function QueuePreview(props: QueuePreviewProps) {
  const { text, language } = useDeskText();
  const { go } = useDesk();
  const { item, filter } = props;
  const found = useQuery(kernel.cases.get.queryOptions({ caseId: item.caseId }));
  return (
    <section className="desk-preview ds-panel" aria-label={text("desk.queue.preview", { title: item.title })}>
      <div className="ds-row ds-row-between">
        <h2>{item.title}</h2>
        <Button variant="subtle" onClick={props.onClose}>
          {text("desk.close")}
        </Button>
      </div>
      <p className="desk-row-facts">
        <span className="ds-mono">{item.caseNo}</span>
        <span>{nameOf(text, "state", item.state)}</span>
        <Labels item={item} />
      </p>
      <p>{dueSentence({ dueOn: item.dueOn, daysLeft: item.daysLeft }, text, language)}</p>
      {found.isPending && <Skeleton />}
      {found.isError && <FailedState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <p className="ds-text desk-preview-text">{found.data.body}</p>}
      <Button onClick={() => go({ page: "case", caseNo: item.caseNo, filter })}>{text("desk.queue.openNext")}</Button>
    </section>
  );
}
