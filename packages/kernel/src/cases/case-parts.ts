import { clockNames, type Explain, noticeNames, objectionAnswerName, type Text } from "@doorstep/contracts";
import { daysBetween } from "../calendars/local-days.ts";
import { explainText } from "../clocks/explain-sentence.ts";
import { petitionerClocks } from "../clocks/petitioner-clocks.ts";
import type { ClockRow, NoticeRow } from "../pipeline/load-case.ts";
import { places } from "./reveal.ts";

export interface ClockShown {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly state: ClockRow["state"];
  readonly startedOn: string;
  readonly dueOn: string;
  readonly daysLeft: number;
  readonly provisional: boolean;
  /** the petitioner's own time */
  readonly ofPetitioner: boolean;
  readonly sentence: Text;
}

/** A clock as every screen shows it; a running one past its day is breached, whether the sweep has said so or not. */
export const clockShown = (row: ClockRow, today: string): ClockShown => ({
  id: row.id,
  code: row.code,
  name: clockNames[row.code as keyof typeof clockNames],
  state: row.state === "running" && row.due_on < today ? "breached" : row.state,
  startedOn: row.start_on,
  dueOn: row.due_on,
  daysLeft: daysBetween(today, row.due_on),
  provisional: row.provisional === true,
  ofPetitioner: petitionerClocks.includes(row.code),
  sentence: explainText(row.explain as Explain),
});

const instantOf = (value: unknown): string | null => (typeof value === "string" ? new Date(value).toISOString() : null);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

type Named = Pick<NoticeRow, "code" | "facts">;

/** A module's letter bears its own title; under the key of an organ it is not read for a list. */
const ownTitle = (n: Named): Text | undefined => (n.code === "DM" ? (n.facts["title"] as Text | undefined) : undefined);

export const nameOfLetter = (n: Named): Text =>
  ownTitle(n) ??
  (n.code === "D6" && n.facts["answer"] ? objectionAnswerName : noticeNames[n.code as keyof typeof noticeNames]);

export const letterOf = (n: NoticeRow) => ({
  id: n.id,
  code: n.code,
  name: nameOfLetter(n),
  number: textOf(n.number),
  sealedAt: instantOf(n.sealed_at),
  deliveredOn: textOf(n.delivered_on),
});

export const noticeShown = (
  n: NoticeRow,
  nameOf: (personId: string) => string | null,
  reveal: (place: string, stored: string) => string,
  approvals: 1 | 2,
) => ({
  ...letterOf(n),
  state: n.state,
  version: n.version,
  createdAt: instantOf(n.created_at) ?? "",
  firstApprovedBy: typeof n.first_approved_by === "string" ? nameOf(n.first_approved_by) : null,
  /** this letter waits for the first of two approvals */
  firstApprovalNext: n.state === "submitted" && approvals === 2 && typeof n.first_approved_by !== "string",
  approvedBy: typeof n.approved_by === "string" ? nameOf(n.approved_by) : null,
  draftedBy: typeof n.drafted_by === "string" ? nameOf(n.drafted_by) : null,
  sentBackReason:
    typeof n.sent_back_reason === "string" ? reveal(places.notice(n.id, "sentBack"), n.sent_back_reason) : null,
  method: (n.method ?? null) as "portal" | "hand" | "post" | null,
});

/** What offices write to each other: never shown to the petitioner, however it was delivered [SPEC §15]. */
const amongOffices: readonly string[] = ["D2", "D4", "D5", "D6", "D7", "D26", "D27", "D28", "D29", "D31"];

/** Letters the petitioner may read: posted or handed over, and his own copy of the receipt. */
export const isForPetitioner = (n: NoticeRow): boolean => n.state === "delivered" && !amongOffices.includes(n.code);
