import { Button, formatInstant, SegmentedControl, Skeleton, Timeline } from "@doorstep/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";

const scopes = ["all", "petitioner", "internal"] as const;
type Scope = (typeof scopes)[number];

/** What happened, by whom, and who can see that it did. */
export function TimelineTab(props: { readonly caseId: string }) {
  const { text, language } = useDeskText();
  const [scope, setScope] = useState<Scope>("all");
  const list = useInfiniteQuery(
    kernel.cases.timeline.infiniteQueryOptions(
      { caseId: props.caseId, limit: 50 },
      { getNextPageParam: (last) => last.nextCursor },
    ),
  );
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.isError) return <FailedState error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <div className="desk-stack">
      <SegmentedControl
        className="ds-no-print"
        aria-label={text("desk.case.scope")}
        value={scope}
        onChange={(value) => setScope(scopes.find((one) => one === value) ?? "all")}
        data={scopes.map((value) => ({ value, label: text(`desk.case.scope.${value}`) }))}
      />
      <Timeline
        label={text("desk.case.timeline")}
        entries={items
          .filter((item) => scope === "all" || item.visibility === scope)
          .map((item) => ({
            key: String(item.seq),
            when: formatInstant(item.at, language),
            title: item.text[language],
            who: item.actor,
            tone: item.visibility === "internal" ? ("note" as const) : ("plain" as const),
            body: <WhoSees who={item.visibility} />,
          }))}
      />
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {text("desk.more")}
        </Button>
      )}
    </div>
  );
}
