import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, customType, date, integer, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { answers, ends, meetingKinds, type Tier, talkKinds } from "./kinds.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name, { mode: "string" });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const mediations = schema.table("mediations", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  tier: integer().$type<Tier>().notNull(),
  dispute: text().notNull(),
  mediatorId: uuid("mediator_id").notNull(),
  mediatorName: text("mediator_name").notNull(),
  codeHash: bytes("code_hash").notNull(),
  otherAnswer: text("other_answer", { enum: ["asked", ...answers] })
    .notNull()
    .default("asked"),
  petitionerWish: boolean("petitioner_wish").notNull().default(false),
  petitionerLeft: boolean("petitioner_left").notNull().default(false),
  told: boolean().notNull().default(true),
  state: text({ enum: ["offered", "running", "settled", "kept", "broken", "ended"] }).notNull(),
  offeredBy: uuid("offered_by").notNull(),
  offeredAt: instant("offered_at").notNull(),
  untilOn: day("until_on"),
  endedBecause: text("ended_because", { enum: ends }),
  endedOn: day("ended_on"),
  remedies: text(),
  terms: text(),
  performOn: day("perform_on"),
  settledOn: day("settled_on"),
  courtTold: boolean("court_told").notNull().default(false),
});

export const talks = schema.table("talks", {
  id: uuid().primaryKey(),
  mediationId: uuid("mediation_id").notNull(),
  kind: text({ enum: talkKinds }).notNull(),
  heldOn: day("held_on").notNull(),
  words: text().notNull(),
  writtenAt: instant("written_at").notNull(),
});

export const visits = schema.table("visits", {
  id: uuid().primaryKey(),
  mediationId: uuid("mediation_id").notNull(),
  dueOn: day("due_on").notNull(),
  round: integer().notNull().default(1),
  taskId: uuid("task_id"),
  kept: boolean(),
  words: text(),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
});

export const needlessTasks = schema.table("needless_tasks", {
  taskId: uuid("task_id").primaryKey(),
  mediationId: uuid("mediation_id").notNull(),
});

export const applications = schema.table("applications", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  path: uuid().array().notNull(),
  dispute: text().notNull(),
  askedAt: instant("asked_at").notNull(),
  told: boolean().notNull().default(false),
  state: text({ enum: ["open", "taken", "declined"] })
    .notNull()
    .default("open"),
  answer: text(),
});

export const meetings = schema.table("meetings", {
  id: uuid().primaryKey(),
  mediationId: uuid("mediation_id").notNull(),
  kind: text({ enum: meetingKinds }).notNull(),
  startsAt: instant("starts_at").notNull(),
  place: text().notNull(),
  appointmentId: uuid("appointment_id").notNull(),
  cancelled: boolean().notNull().default(false),
  told: boolean().notNull().default(false),
});

/** Written before the mediator's time is booked, gone once the meeting is written. */
export const begunMeetings = schema.table("begun_meetings", {
  id: uuid().primaryKey(),
  mediationId: uuid("mediation_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  kind: text({ enum: meetingKinds }).notNull(),
  startsAt: instant("starts_at").notNull(),
  place: text().notNull(),
  begunAt: instant("begun_at").notNull(),
});

export const mediators = schema.table("mediators", {
  personId: uuid("person_id").primaryKey(),
  path: uuid().array().notNull(),
  tiers: integer().array().$type<Tier[]>().notNull(),
  languages: text().notNull(),
  topics: text().notNull(),
  trainedOn: day("trained_on"),
  termUntil: day("term_until"),
});

export const ratings = schema.table(
  "ratings",
  {
    mediationId: uuid("mediation_id").notNull(),
    side: text({ enum: ["petitioner", "other"] }).notNull(),
    score: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mediationId, table.side] })],
);
