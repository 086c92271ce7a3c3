import type { QueueItem } from "@doorstep/contracts";
import { Button, ConfirmDialog } from "@doorstep/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernel } from "../../shell/rpc.ts";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import { type BulkAct, type BulkOutcome, bulkKeys, offeredFor, runBulk } from "./bulk.ts";
import { BulkFields } from "./bulk-fields.tsx";
import { sendFor } from "./bulk-send.ts";
import { isComplete, nothingTyped, wants } from "./bulk-typed.ts";

interface BulkBarProps {
  readonly items: readonly QueueItem[];
  readonly onClear: () => void;
  /** which rows were done and need not stay chosen */
  readonly onDone: (caseIds: readonly string[]) => void;
}

/** What can be done with the chosen rows. Every row gets its own answer; the refused ones stay chosen. */
export function BulkBar(props: BulkBarProps) {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [keyOf] = useState(() => bulkKeys(newKey));
  // the dialog keeps its words while it closes
  const [asked, setAsked] = useState<BulkAct>();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState(nothingTyped);
  const [outcomes, setOutcomes] = useState<readonly BulkOutcome[]>([]);
  const [busy, setBusy] = useState(false);
  const { items } = props;
  const offered = offeredFor(items);
  const refused = outcomes.filter((outcome) => outcome.error !== undefined);
  const complete = isComplete(asked, typed, items);

  const run = async (act: BulkAct) => {
    setBusy(true);
    const all = await runBulk(
      items,
      (item) => sendFor(act, item, typed, keyOf(item, [act, { ...typed, own: typed.own[item.caseId] }])),
      () => undefined,
    );
    setOutcomes(all);
    setBusy(false);
    setOpened(false);
    props.onDone(all.filter((outcome) => outcome.error === undefined).map((outcome) => outcome.caseId));
    await queries.invalidateQueries({ queryKey: kernel.cases.pathKey() });
  };

  if (items.length === 0) return null;
  return (
    <section className="desk-bulk ds-no-print" aria-label={text("desk.queue.bulk")}>
      <p role="status">
        {refused.length > 0
          ? text("desk.queue.bulkRefused", { count: refused.length })
          : text("desk.queue.chosen", { count: items.length })}
      </p>
      {refused.length > 0 && (
        <ul className="desk-bulk-refusals">
          {refused.map((outcome) => (
            <li key={outcome.caseId}>
              {text("desk.queue.bulkReason", {
                title: items.find((item) => item.caseId === outcome.caseId)?.title ?? outcome.caseId,
                reason: problemOf(outcome.error, language).message,
              })}
            </li>
          ))}
        </ul>
      )}
      <div className="ds-row">
        {offered.map((one) => (
          <Button
            key={one}
            onClick={() => {
              setAsked(one);
              setOpened(true);
            }}
          >
            {text(`desk.queue.bulk.${one}`)}
          </Button>
        ))}
        {offered.length === 0 && <span>{text("desk.queue.bulkNone")}</span>}
        <Button variant="default" onClick={props.onClear}>
          {text("desk.queue.unselect")}
        </Button>
      </div>
      <ConfirmDialog
        opened={opened}
        title={asked ? text(`desk.queue.bulk.${asked}`) : ""}
        confirmLabel={asked ? text(`desk.queue.bulkDo.${asked}`, { count: items.length }) : ""}
        busy={busy}
        onClose={() => setOpened(false)}
        onConfirm={() => {
          if (asked && complete) void run(asked);
        }}
      >
        {asked && (
          <>
            <p>{text(`desk.queue.bulkEffect.${asked}`, { count: items.length })}</p>
            <BulkFields act={asked} items={items} typed={typed} onChange={setTyped} />
            {!complete && wants(asked) && <p className="ds-hint">{text(`desk.queue.bulkIncomplete.${asked}`)}</p>}
          </>
        )}
      </ConfirmDialog>
    </section>
  );
}
