import type { Keys } from "../vault/keys.ts";
import { protectText, revealText } from "../vault/protected-text.ts";

interface Sheltered {
  readonly id: string;
  readonly organId: string | null;
}

/** Places of protected text, each named once: what is written under a name is read under the same name. */
export const places = {
  case: (caseId: string, field: "title" | "body" | "already_tried" | "desired_outcome") => `cases:${caseId}:${field}`,
  demand: (demandId: string, field: string) => `demands:${demandId}:${field}`,
  message: (messageId: string) => `messages:${messageId}`,
  review: (reviewId: string, field: string) => `reviews:${reviewId}:${field}`,
  proposal: (proposalId: string, field: "input" | "reason") => `proposals:${proposalId}:${field}`,
  contest: (contestId: string, field: "text" | "reasons") => `contests:${contestId}:${field}`,
  leg: (legId: string, field: "reason" | "objection" | "answer") => `legs:${legId}:${field}`,
  supervision: (itemId: string, field: "answer" | "result") => `supervision_items:${itemId}:${field}`,
  respondent: (id: string) => `respondents:${id}`,
  recusal: (caseId: string, personId: string) => `recusals:${caseId}:${personId}`,
  rating: (caseId: string) => `ratings:${caseId}`,
  notice: (noticeId: string, field: "proof" | "sentBack") => `notices:${noticeId}:${field}`,
  unitLetter: (letterId: string) => `unit_letters:${letterId}:sentBack`,
  duty: (caseId: string) => `duty_pages:${caseId}:report`,
  explanation: (id: string) => `explanations:${id}`,
  request: (id: string, field: "reason" | "message" | "decision" | "second") => `requests:${id}:${field}`,
  access: (id: string) => `accesses:${id}`,
  redaction: (id: string) => `redactions:${id}`,
  appointment: (id: string) => `appointments:${id}:place`,
  task: (id: string, field: "text" | "result") => `tasks:${id}:${field}`,
  consent: (id: string) => `consents:${id}`,
  caseData: (id: string) => `case_data:${id}`,
  organRecord: (id: string) => `organ_records:${id}`,
  opening: (id: string) => `openings:${id}`,
  fileName: (fileId: string) => `files:${fileId}:name`,
  commitment: (id: string, field: "text" | "owner" | "evidence" | "missing" | "asked_because" | "reason") =>
    `commitments:${id}:${field}`,
  assist: (id: string, field: "question" | "report" | "reason") => `assists:${id}:${field}`,
  withdrawal: (id: string, field: "text" | "reason") => `withdrawals:${id}:${field}`,
} as const;

export const shelterOf = (keys: Keys, c: Sheltered) => ({
  protect: (place: string, plain: string): string => protectText(keys, c.organId, place, plain),
  reveal: (place: string, stored: string): string => revealText(keys, c.organId, place, stored),
});
