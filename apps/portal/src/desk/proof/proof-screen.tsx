import type { ProofRun } from "@doorstep/contracts";
import { Button, EmptyState, formatDate, formatInstant, formatNumber, Screen, Skeleton, Table } from "@doorstep/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

const foundIn = (run: ProofRun): number => run.counts.reduce((sum, one) => sum + one.found, 0);

function LastRun(props: { readonly run: ProofRun }) {
  const { text, language } = useDeskText();
  const { run } = props;
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{text("desk.proof.last", { at: formatInstant(run.startedAt, language) })}</h2>
      <p>
        {text("desk.proof.looked", {
          cases: formatNumber(run.cases, language),
          seconds: formatNumber(Math.max(1, Math.round((run.durationMs ?? 0) / 1000)), language),
        })}
      </p>
      <Table>
        <caption className="ds-hint">{text("desk.proof.caption")}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text("desk.proof.check")}</Table.Th>
            <Table.Th scope="col" miw={80}>
              {text("desk.proof.found")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.counts.map((one) => (
            <Table.Tr key={one.check}>
              <Table.Th scope="row">{one.name[language]}</Table.Th>
              <Table.Td>{one.found === 0 ? "✓ 0" : <strong>{formatNumber(one.found, language)}</strong>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Items() {
  const { text, language } = useDeskText();
  const [mended, setMended] = useState(false);
  const list = useInfiniteQuery(
    kernel.proof.list.infiniteQueryOptions({ mended, limit: 50 }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="stuck">
      <h2 id="stuck">{text("desk.proof.items")}</h2>
      <fieldset className="ds-row" aria-label={text("desk.proof.which")}>
        {[false, true].map((one) => (
          <Button
            key={String(one)}
            variant={one === mended ? "filled" : "default"}
            aria-pressed={one === mended}
            onClick={() => setMended(one)}
          >
            {text(one ? "desk.proof.mended" : "desk.proof.open")}
          </Button>
        ))}
      </fieldset>
      {list.isError && <FailedState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={4} />}
      {list.isSuccess && items.length === 0 && <EmptyState title={text("desk.proof.none")} />}
      <ul className="ds-list">
        {items.map((item) => (
          <li key={`${item.caseNo} ${item.check}`} className="ds-panel">
            <p>
              <strong>{item.name[language]}</strong>
              {" · "}
              <DeskLink to={{ page: "case", caseNo: item.caseNo, filter: openQueue }} className="ds-link">
                {item.caseNo}
              </DeskLink>
            </p>
            <p className="ds-hint">
              {item.unit.name[language]}
              {" · "}
              {text("desk.proof.since", { date: formatDate(item.foundAt, language) })}
              {item.mendedAt && ` · ${text("desk.proof.mendedOn", { date: formatDate(item.mendedAt, language) })}`}
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          {text("desk.more")}
        </Button>
      )}
    </section>
  );
}

/** Each night the whole house is looked over: what the last runs found, and what is stuck in one's own cases. */
export function ProofScreen() {
  const { text, language } = useDeskText();
  const runs = useQuery(kernel.proof.latest.queryOptions({}));
  const [last, ...before] = runs.data ?? [];
  return (
    <Screen title={text("desk.proof.title")}>
      <p className="ds-hint">{text("desk.proof.about")}</p>
      {runs.isError && <FailedState error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isPending && <Skeleton lines={6} />}
      {runs.isSuccess && !last && <EmptyState title={text("desk.proof.never")} />}
      {last && <LastRun run={last} />}
      <Items />
      {before.length > 0 && (
        <section aria-labelledby="before">
          <h2 id="before">{text("desk.proof.before")}</h2>
          <ul>
            {before.map((run) => (
              <li key={run.proofId}>
                {text("desk.proof.run", {
                  at: formatInstant(run.startedAt, language),
                  cases: formatNumber(run.cases, language),
                  found: formatNumber(foundIn(run), language),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  );
}
