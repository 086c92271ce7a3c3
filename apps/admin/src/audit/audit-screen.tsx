import { Badge, Button, EmptyState, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "../app/error-text.ts";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { ChainLine } from "./chain-line.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";
import { type AuditEntry, isMarked, useEntryWords } from "./use-entry-words.ts";

/** A8. The whole house's ledger is read at its root: whoever may not is told once, and asked for nothing. */
export function AuditScreen() {
  const text = useText();
  const state = useQuery(kernel.ledger.state.queryOptions({}));
  const closed = refusalOf(state.error)?.code === "forbidden";
  if (!state.isPending && !closed) return <Audit />;
  return (
    <Screen title={text("audit.title")}>
      {closed ? <EmptyState title={text("audit.noRight")} /> : <Skeleton lines={6} />}
    </Screen>
  );
}

/** Who did what; newest first. */
function Audit() {
  const text = useText();
  const [entry, setEntry] = useState<AuditEntry>();
  const [exporting, setExporting] = useState(false);
  const [told, setTold] = useState<string>();
  return (
    <Screen
      title={text("audit.title")}
      width="wide"
      notice={told}
      actions={<Button onClick={() => setExporting(true)}>{text("audit.export")}</Button>}
    >
      <p>{text("audit.intro")}</p>
      <ChainLine />
      <AuditFilters />
      <Entries onOpen={setEntry} />
      <EntryPanel entry={entry} onClose={() => setEntry(undefined)} />
      <ExportPanel
        opened={exporting}
        onClose={() => setExporting(false)}
        onDone={(said) => {
          setExporting(false);
          setTold(said);
        }}
      />
    </Screen>
  );
}

function Entries(props: { readonly onOpen: (entry: AuditEntry) => void }) {
  const text = useText();
  const { filter, clear } = useAuditFilter();
  const entries = useInfiniteQuery(
    kernel.ledger.page.infiniteQueryOptions(
      { ...filter, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  return (
    <Loaded query={entries}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0)
          return (
            <EmptyState
              title={text("audit.empty")}
              action={
                <Button variant="default" onClick={clear}>
                  {text("audit.clear")}
                </Button>
              }
            />
          );
        return (
          <>
            <p role="status" className="ds-hint">
              {text("audit.shown", { count: items.length })}
            </p>
            <ul className="ad-rows" aria-label={text("audit.list")}>
              {items.map((entry) => (
                <Entry key={`${entry.stream}.${entry.seq}`} entry={entry} onOpen={() => props.onOpen(entry)} />
              ))}
            </ul>
            {entries.hasNextPage && (
              <div>
                <Button
                  variant="default"
                  loading={entries.isFetchingNextPage}
                  onClick={() => void entries.fetchNextPage()}
                >
                  {text("app.more")}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Entry(props: { readonly entry: AuditEntry; readonly onOpen: () => void }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const words = useEntryWords();
  const { entry } = props;
  return (
    <li className="ds-row ds-row-between">
      <span>
        <button type="button" className="ds-link ad-strong" onClick={props.onOpen}>
          {name(entry.name)}
        </button>
        {isMarked(entry.type) && (
          <>
            {" "}
            <Badge color="orange" c="dark.9" leftSection={<span aria-hidden="true">{"◆"}</span>}>
              {text("audit.marked")}
            </Badge>
          </>
        )}
        <br />
        <span className="ds-hint">
          {[words.actor(entry), words.place(entry), ...(entry.sealed ? [text("audit.sealed")] : [])].join(" · ")}
        </span>
      </span>
      <span className="ds-hint">{formatInstant(entry.at, language)}</span>
    </li>
  );
}
