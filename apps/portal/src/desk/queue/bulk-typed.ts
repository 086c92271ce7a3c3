import type { QueueItem, replyKinds } from "@doorstep/contracts";
import { type DemandAnswer, missingParts } from "../acts/reply-values.ts";
import type { ChosenUnit } from "../shared/unit-picker.tsx";
import type { BulkAct } from "./bulk.ts";

/** What is filled in once for all chosen cases, and for each its own. */
export interface BulkTyped {
  readonly unit?: ChosenUnit | undefined;
  readonly reason: string;
  readonly handlerId: string;
  readonly plan: string;
  readonly kind: (typeof replyKinds)[number] | "";
  readonly answer: DemandAnswer;
  readonly summary: string;
  /** by case: what was found out in this one */
  readonly own: Readonly<Record<string, string>>;
}

export const nothingTyped: BulkTyped = {
  reason: "",
  handlerId: "",
  plan: "",
  kind: "",
  answer: { outcome: "", facts: "", opinion: "", basis: "", steps: "" },
  summary: "",
  own: {},
};

/** The common words, and below them what was found out in this case alone. */
export const factsFor = (typed: BulkTyped, caseId: string): string =>
  [typed.answer.facts, typed.own[caseId] ?? ""]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");

/** Acts that ask for something to be filled in. */
export const wants = (act: BulkAct): act is "transfer" | "assign" | "reply" =>
  act === "transfer" || act === "assign" || act === "reply";

/** Whether everything is there that the act asks for; in a reply the facts may stand with each case alone. */
export function isComplete(
  act: BulkAct | undefined,
  typed: BulkTyped,
  items: readonly Pick<QueueItem, "caseId">[],
): boolean {
  if (act === "transfer") return typed.unit !== undefined && typed.reason.trim() !== "";
  if (act === "assign") return typed.handlerId !== "";
  if (act !== "reply") return true;
  const missing = missingParts(typed.answer).filter((part) => part !== "facts");
  return (
    typed.kind !== "" &&
    typed.summary.trim() !== "" &&
    missing.length === 0 &&
    items.every((item) => factsFor(typed, item.caseId) !== "")
  );
}
