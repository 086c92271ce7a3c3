import { type DatasetRow, pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { occasions } from "./occasions.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);

/** Whom one talks with again and again: one's own soldiers, or those further away. */
export const paces = ["near", "further"] as const;

const talkStates = ["asked", "offered", "fixed", "held", "settled", "declined", "dropped"] as const;

export const circle = schema.table(
  "circle",
  {
    unitId: uuid("unit_id").notNull(),
    talkerId: uuid("talker_id").notNull(),
    personId: uuid("person_id").notNull(),
    pace: text({ enum: paces }).notNull(),
    drawn: boolean().notNull().default(false),
    since: date({ mode: "string" }).notNull(),
    lastHeldOn: date("last_held_on", { mode: "string" }),
  },
  (t) => [primaryKey({ columns: [t.talkerId, t.personId] })],
);

/** Who was at a unit at the last look; `since` is absent for those who were there from the first. */
export const knownPeople = schema.table(
  "known_people",
  {
    unitId: uuid("unit_id").notNull(),
    personId: uuid("person_id").notNull(),
    since: date({ mode: "string" }),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.personId] })],
);

export const samples = schema.table(
  "samples",
  {
    unitId: uuid("unit_id").notNull(),
    talkerId: uuid("talker_id").notNull(),
    half: date({ mode: "string" }).notNull(),
    drawnAt: timestamp("drawn_at", { withTimezone: true, mode: "string" }).notNull(),
    people: integer().notNull(),
    drawn: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.talkerId, t.half] })],
);

export const talks = schema.table("talks", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  personId: uuid("person_id").notNull(),
  talkerId: uuid("talker_id").notNull(),
  occasion: text({ enum: occasions }).notNull(),
  askedByPerson: boolean("asked_by_person").notNull(),
  state: text({ enum: talkStates }).notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  wish: text().notNull().default(""),
  wishTime: text("wish_time").notNull().default(""),
  startsAt: timestamp("starts_at", { withTimezone: true, mode: "string" }),
  place: text().notNull().default(""),
  byPhone: boolean("by_phone").notNull().default(false),
  heldOn: date("held_on", { mode: "string" }),
  needs: text().array().notNull().default([]),
  noteNo: integer("note_no").notNull().default(0),
  talkerAgrees: boolean("talker_agrees").notNull().default(false),
  personAgrees: boolean("person_agrees").notNull().default(false),
  changedAt: timestamp("changed_at", { withTimezone: true, mode: "string" }).notNull(),
});

/** How a talk officer is introduced to those who choose somebody. */
export const introductions = schema.table("introductions", {
  personId: uuid("person_id").primaryKey(),
  words: text().notNull(),
});

export const promises = schema.table("promises", {
  id: uuid().primaryKey(),
  talkId: uuid("talk_id").notNull(),
  no: integer().notNull(),
  words: text().notNull(),
  dueOn: date("due_on", { mode: "string" }).notNull(),
  state: text({ enum: ["open", "done", "kept"] }).notNull(),
  taskId: uuid("task_id"),
  returned: integer().notNull().default(0),
});

/** Counts of a month that is over, of one unit; nobody in them. */
export const countedMonths = schema.table(
  "counted_months",
  {
    dataset: text().notNull(),
    month: text().notNull(),
    unitId: uuid("unit_id").notNull(),
    rows: jsonb().$type<readonly DatasetRow[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.dataset, t.month, t.unitId] })],
);
