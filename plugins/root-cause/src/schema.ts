import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { kinds, openStates, origins, overStates, subjects, verdicts } from "./codes.ts";
import type { Figures } from "./figures/verify.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name, { mode: "string" });

export const causes = schema.table("causes", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  title: text().notNull(),
  kind: text({ enum: kinds }).notNull(),
  subject: text({ enum: subjects }).notNull(),
  origin: text({ enum: origins }).notNull(),
  originId: uuid("origin_id"),
  state: text({ enum: [...openStates, ...overStates] }).notNull(),
  round: integer().notNull().default(1),
  openedBy: uuid("opened_by").notNull(),
  openedAt: instant("opened_at").notNull(),
  endedBy: uuid("ended_by"),
  endedAt: instant("ended_at"),
  endWords: text("end_words").notNull().default(""),
});

export const rounds = schema.table(
  "rounds",
  {
    causeId: uuid("cause_id").notNull(),
    no: integer().notNull(),
    causeWords: text("cause_words").notNull(),
    fixWords: text("fix_words").notNull(),
    ownerUnit: uuid("owner_unit").notNull(),
    ownerId: uuid("owner_id"),
    dueOn: day("due_on").notNull(),
    decidedBy: uuid("decided_by").notNull(),
    decidedAt: instant("decided_at").notNull(),
    decidedOn: day("decided_on").notNull(),
    taskId: uuid("task_id"),
    remindedOn: day("reminded_on"),
    doneOn: day("done_on"),
    doneWords: text("done_words"),
    doneBy: uuid("done_by"),
    doneAt: instant("done_at"),
    verdict: text({ enum: verdicts }),
    figures: jsonb().$type<Figures>(),
    verifiedAt: instant("verified_at"),
    judgedBy: uuid("judged_by"),
    judgedWords: text("judged_words"),
  },
  (table) => [primaryKey({ columns: [table.causeId, table.no] })],
);

export const steps = schema.table("steps", {
  id: uuid().primaryKey(),
  causeId: uuid("cause_id").notNull(),
  roundNo: integer("round_no").notNull(),
  what: text().notNull(),
  dueOn: day("due_on").notNull(),
  doneOn: day("done_on"),
  doneWords: text("done_words").notNull().default(""),
});

export const links = schema.table(
  "links",
  {
    causeId: uuid("cause_id").notNull(),
    caseId: uuid("case_id").notNull(),
    unitId: uuid("unit_id").notNull(),
    linkedOn: day("linked_on").notNull(),
    linkedBy: uuid("linked_by").notNull(),
    linkedAt: instant("linked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.causeId, table.caseId] })],
);

export const asks = schema.table("asks", {
  id: uuid().primaryKey(),
  causeId: uuid("cause_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  dueOn: day("due_on").notNull(),
  askedBy: uuid("asked_by").notNull(),
  askedAt: instant("asked_at").notNull(),
  taskId: uuid("task_id"),
  remindedOn: day("reminded_on"),
  found: boolean(),
  words: text(),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
});
