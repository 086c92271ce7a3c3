import type { QueueItem } from "@doorstep/contracts";
import { Button, ConfirmDialog, TextArea } from "@doorstep/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { problemOf } from "../shared/problem.ts";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { useDeskText } from "../text.ts";
import { type BulkAct, type BulkOutcome, offeredFor, runBulk } from "./bulk.ts";

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
  const [asked, setAsked] = useState<BulkAct>();
  const [unit, setUnit] = useState<ChosenUnit>();
  const [reason, setReason] = useState("");
  const [outcomes, setOutcomes] = useState<readonly BulkOutcome[]>([]);
  const [busy, setBusy] = useState(false);
  const { items } = props;
  const offered = offeredFor(items);
  const refused = outcomes.filter((outcome) => outcome.error !== undefined);
  const complete = asked !== "transfer" || (unit !== undefined && reason.trim() !== "");

  const act = (item: QueueItem): Promise<unknown> => {
    const on = { caseId: item.caseId, version: item.version, key: newKey() };
    if (asked === "transfer")
      return kernelClient.cases.route.mutate({ ...on, kind: "transfer", toUnitId: unit?.id ?? "", reason });
    return asked === "finalise" ? kernelClient.cases.finalise.mutate(on) : kernelClient.cases.archive.mutate(on);
  };
  const run = async () => {
    setBusy(true);
    const all = await runBulk(items, act, () => undefined);
    setOutcomes(all);
    setBusy(false);
    setAsked(undefined);
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
          <Button key={one} onClick={() => setAsked(one)}>
            {text(`desk.queue.bulk.${one}`)}
          </Button>
        ))}
        {offered.length === 0 && <span>{text("desk.queue.bulkNone")}</span>}
        <Button variant="default" onClick={props.onClear}>
          {text("desk.queue.unselect")}
        </Button>
      </div>
      <ConfirmDialog
        opened={asked !== undefined}
        title={asked ? text(`desk.queue.bulk.${asked}`) : ""}
        confirmLabel={asked ? text(`desk.queue.bulkDo.${asked}`, { count: items.length }) : ""}
        busy={busy}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (complete) void run();
        }}
      >
        <p>{asked && text(`desk.queue.bulkEffect.${asked}`, { count: items.length })}</p>
        {asked === "transfer" && (
          <>
            <UnitPicker label={text("desk.acts.toUnit")} value={unit} onChange={setUnit} />
            <TextArea
              name="reason"
              label={text("desk.acts.reason")}
              hint={text("desk.sees.receiver")}
              value={reason}
              onChange={setReason}
            />
            {!complete && <p className="ds-hint">{text("desk.queue.bulkIncomplete")}</p>}
          </>
        )}
      </ConfirmDialog>
    </section>
  );
}
