import { Button, EmptyState, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** Petitions that came in a flood: one press lets all of them through, part by part until none is left. */
export function QuarantineScreen() {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const list = useQuery(kernel.quarantine.list.queryOptions({}));
  const press = useMutation({
    mutationFn: async (caseIds: readonly string[] | undefined) => {
      let count = 0;
      for (;;) {
        const part = await kernelClient.quarantine.letThrough.mutate(caseIds ? { caseIds: [...caseIds] } : {});
        count += part.count;
        if (caseIds || part.left === 0 || part.count === 0) return count;
      }
    },
    onSettled: () => queries.invalidateQueries(),
  });
  const total = list.data?.total ?? 0;
  return (
    <Screen
      title={text("desk.quarantine.title")}
      notice={press.isSuccess ? text("desk.quarantine.done", { n: press.data }) : undefined}
    >
      <p className="ds-hint">{text("desk.quarantine.why")}</p>
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {press.isError && (
        <p role="alert" className="ds-panel ds-panel-warn">
          {problemOf(press.error, language).message}
        </p>
      )}
      {list.isPending && <Skeleton lines={6} />}
      {list.isSuccess && total === 0 && (
        <EmptyState
          title={text("desk.quarantine.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      {total > 0 && (
        <Button loading={press.isPending} onClick={() => press.mutate(undefined)}>
          {text("desk.quarantine.all", { n: total })}
        </Button>
      )}
      <ul className="ds-list">
        {list.data?.items.map((item) => (
          <li key={item.caseId} className="ds-panel">
            <p className="ds-row">
              <strong>{item.title}</strong>
              {item.urgentSafety && <span>{text("desk.quarantine.urgent")}</span>}
            </p>
            <p className="ds-hint">
              {item.caseNo} · {item.unit.name[language]} · {formatInstant(item.receivedAt, language)}
            </p>
            <Button
              variant="default"
              disabled={press.isPending}
              aria-label={text("desk.quarantine.oneNamed", { no: item.caseNo })}
              onClick={() => press.mutate([item.caseId])}
            >
              {text("desk.quarantine.one")}
            </Button>
          </li>
        ))}
      </ul>
      {total > (list.data?.items.length ?? 0) && <p className="ds-hint">{text("desk.quarantine.more")}</p>}
    </Screen>
  );
}
