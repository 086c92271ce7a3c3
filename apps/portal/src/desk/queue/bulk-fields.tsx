import { type QueueItem, replyKinds } from "@doorstep/contracts";
import { Select, TextArea } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { answerParts, outcomesFor } from "../acts/reply-values.ts";
import { UnitPicker } from "../shared/unit-picker.tsx";
import { type DeskKey, nameOf, useDeskText } from "../text.ts";
import type { BulkAct } from "./bulk.ts";
import type { BulkTyped } from "./bulk-typed.ts";

interface BulkFieldsProps {
  readonly act: BulkAct;
  readonly items: readonly QueueItem[];
  readonly typed: BulkTyped;
  readonly onChange: (typed: BulkTyped) => void;
}

/** What an act on several cases asks for, once for all of them. */
export function BulkFields(props: BulkFieldsProps) {
  if (props.act === "transfer") return <TransferFields {...props} />;
  if (props.act === "assign") return <AssignFields {...props} />;
  return props.act === "reply" ? <ReplyFields {...props} /> : null;
}

function TransferFields({ typed, onChange }: BulkFieldsProps) {
  const { text } = useDeskText();
  return (
    <>
      <UnitPicker
        label={text("desk.acts.toUnit")}
        value={typed.unit}
        onChange={(unit) => onChange({ ...typed, unit })}
      />
      <TextArea
        name="reason"
        label={text("desk.acts.reason")}
        hint={text("desk.sees.receiver")}
        value={typed.reason}
        onChange={(reason) => onChange({ ...typed, reason })}
      />
    </>
  );
}

/** Who may take the first of them; each of the others is decided for itself. */
function AssignFields({ items, typed, onChange }: BulkFieldsProps) {
  const { text } = useDeskText();
  const caseId = items[0]?.caseId ?? "";
  const found = useQuery(
    kernel.people.candidates.queryOptions({ caseId, role: "handler" }, { enabled: caseId !== "" }),
  );
  const free = (found.data ?? []).filter((candidate) => candidate.refusals.length === 0);
  return (
    <>
      <Select
        name="handlerId"
        label={text("desk.acts.handler")}
        required
        options={free.map((candidate) => ({ value: candidate.id, label: candidate.name }))}
        value={typed.handlerId}
        onChange={(handlerId) => onChange({ ...typed, handlerId })}
      />
      {found.isSuccess && free.length === 0 && <p>{text("desk.acts.noCandidates")}</p>}
      <TextArea
        name="plan"
        label={text("desk.acts.plan")}
        hint={text("desk.acts.planHint")}
        required={false}
        maxLength={2_000}
        tone="internal"
        value={typed.plan}
        onChange={(plan) => onChange({ ...typed, plan })}
      />
    </>
  );
}

function ReplyFields({ items, typed, onChange }: BulkFieldsProps) {
  const { text } = useDeskText();
  const outcomes = outcomesFor(items[0]?.category ?? null);
  const answer = (part: Partial<BulkTyped["answer"]>) => onChange({ ...typed, answer: { ...typed.answer, ...part } });
  return (
    <>
      <Select
        name="kind"
        label={text("desk.acts.replyKind")}
        required
        options={replyKinds.map((value) => ({ value, label: nameOf(text, "replyKind", value) }))}
        value={typed.kind}
        onChange={(value) => onChange({ ...typed, kind: replyKinds.find((kind) => kind === value) ?? "" })}
      />
      <Select
        name="outcome"
        label={text("desk.acts.outcome")}
        required
        options={outcomes.map((value) => ({ value, label: nameOf(text, "outcome", value) }))}
        value={typed.answer.outcome}
        onChange={(value) => answer({ outcome: outcomes.find((one) => one === value) ?? "" })}
      />
      {answerParts.map((part) => (
        <TextArea
          key={part}
          name={part}
          label={text(`desk.acts.${part}` satisfies DeskKey)}
          hint={text(`desk.acts.${part}Hint` satisfies DeskKey)}
          rows={2}
          required={part === "opinion" || part === "basis"}
          maxLength={2_000}
          value={typed.answer[part]}
          onChange={(value) => answer({ [part]: value })}
        />
      ))}
      <TextArea
        name="summary"
        label={text("desk.acts.summary")}
        hint={text("desk.acts.summaryHint")}
        rows={2}
        required
        maxLength={1_000}
        value={typed.summary}
        onChange={(summary) => onChange({ ...typed, summary })}
      />
      <fieldset className="ds-panel">
        <legend>{text("desk.queue.bulkOwn")}</legend>
        {items.map((item) => (
          <TextArea
            key={item.caseId}
            name={`own-${item.caseId}`}
            label={item.title}
            hint={text("desk.queue.bulkOwnHint")}
            rows={2}
            required={false}
            maxLength={2_000}
            value={typed.own[item.caseId] ?? ""}
            onChange={(value) => onChange({ ...typed, own: { ...typed.own, [item.caseId]: value } })}
          />
        ))}
      </fieldset>
    </>
  );
}
