import { pluginSchema } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import { boolean, date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Results } from "./inspections/checklist.ts";
import { rungs, triggerCodes } from "./ladder.ts";
import { plugin } from "./plugin.ts";
import { outcomes, recommendationKinds } from "./recommendations/kinds.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const openStates = ["raised", "asked", "answered"] as const;
const matterStates = [...openStates, "closed", "dismissed"] as const;

export const matters = schema.table("matters", {
  id: uuid().primaryKey(),
  /** the petition, or its own id where it belongs to none */
  aboutId: uuid("case_id").notNull(),
  channel: text(),
  askedFrom: uuid("asked_from"),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  state: text({ enum: matterStates }).notNull(),
  rung: text({ enum: rungs }),
  openedAt: instant("opened_at").notNull(),
  result: text().notNull().default(""),
  endedBy: uuid("ended_by"),
  endedAt: instant("ended_at"),
});

export const triggers = schema.table("triggers", {
  id: uuid().primaryKey(),
  matterId: uuid("matter_id").notNull(),
  code: text({ enum: triggerCodes }).notNull(),
  at: instant("at").notNull(),
  eventId: uuid("event_id"),
  raisedBy: uuid("raised_by"),
  why: text().notNull().default(""),
});

export const steps = schema.table("steps", {
  id: uuid().primaryKey(),
  matterId: uuid("matter_id").notNull(),
  no: integer().notNull(),
  rung: text({ enum: rungs }).notNull(),
  words: text().notNull(),
  givenBy: uuid("given_by"),
  fromUnit: uuid("from_unit"),
  givenAt: instant("given_at").notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  answer: text(),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
  sentBack: text("sent_back"),
});

export const objections = schema.table("objections", {
  eventId: uuid("event_id").primaryKey(),
  caseId: uuid("case_id").notNull(),
});

export const recommendations = schema.table("recommendations", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  toUnit: uuid("to_unit").notNull(),
  reportsTo: uuid("reports_to"),
  kind: text({ enum: recommendationKinds }).notNull(),
  words: text().notNull(),
  evidence: text().notNull(),
  sentBy: uuid("sent_by").notNull(),
  sentAt: instant("sent_at").notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  outcome: text({ enum: outcomes }),
  reason: text(),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
  answeredOn: date("answered_on", { mode: "string" }),
});

export const inspections = schema.table("inspections", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  aboutUnit: uuid("about_unit").notNull(),
  title: text().notNull(),
  pool: uuid().array().notNull(),
  seed: text().notNull().default(sql`gen_random_uuid()::text`),
  /** its own id where it was drawn by itself */
  openedBy: uuid("opened_by").notNull(),
  openedAt: instant("opened_at").notNull(),
  /** in which what it is drawn from was concluded; `null`: somebody has begun it */
  month: text(),
  taskId: uuid("task_id"),
  result: text(),
  closedBy: uuid("closed_by"),
  closedAt: instant("closed_at"),
});

export const concluded = schema.table("concluded", {
  caseId: uuid("case_id").primaryKey(),
  unitId: uuid("unit_id").notNull(),
  /** the unit above on that day, or itself; who inspects is asked when the sample is drawn */
  aboveId: uuid("above_id").notNull(),
  concludedOn: date("concluded_on", { mode: "string" }).notNull(),
});

export const inspected = schema.table(
  "inspected",
  {
    inspectionId: uuid("inspection_id").notNull(),
    caseId: uuid("case_id").notNull(),
    no: integer().notNull(),
    results: jsonb().$type<Results>(),
    note: text().notNull().default(""),
    checkedBy: uuid("checked_by"),
    checkedAt: instant("checked_at"),
  },
  (table) => [primaryKey({ columns: [table.inspectionId, table.caseId] })],
);

export const interviews = schema.table("interviews", {
  id: uuid().primaryKey(),
  matterId: uuid("matter_id").notNull(),
  stepId: uuid("step_id").notNull(),
  leaderId: uuid("leader_id").notNull(),
  heldBy: uuid("held_by").notNull(),
  secondBy: uuid("second_by").notNull(),
  heldOn: date("held_on", { mode: "string" }).notNull(),
  points: text().notNull(),
  writtenAt: instant("written_at").notNull(),
});

export const promised = schema.table(
  "promised",
  {
    interviewId: uuid("interview_id").notNull(),
    no: integer().notNull(),
    words: text().notNull(),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    taskId: uuid("task_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.interviewId, table.no] })],
);

export const circulars = schema.table("circulars", {
  id: uuid().primaryKey(),
  matterId: uuid("matter_id").notNull(),
  stepId: uuid("step_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  title: text().notNull(),
  words: text().notNull(),
  sentBy: uuid("sent_by").notNull(),
  sentAt: instant("sent_at").notNull(),
});

export const circularReaders = schema.table(
  "circular_readers",
  {
    circularId: uuid("circular_id").notNull(),
    unitId: uuid("unit_id").notNull(),
    letterId: uuid("letter_id"),
    readBy: uuid("read_by"),
    readAt: instant("read_at"),
  },
  (table) => [primaryKey({ columns: [table.circularId, table.unitId] })],
);

export const listings = schema.table("listings", {
  stepId: uuid("step_id").primaryKey(),
  matterId: uuid("matter_id").notNull(),
  leaderId: uuid("leader_id").notNull(),
  noticeId: uuid("notice_id"),
  noticeNo: text("notice_no"),
  noticedOn: date("noticed_on", { mode: "string" }),
  noticeBack: boolean("notice_back").notNull().default(false),
  passed: boolean(),
  found: text(),
  checkedBy: uuid("checked_by"),
  checkedOn: date("checked_on", { mode: "string" }),
});
