import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, customType, date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { answers, ends, type Tier, talkKinds } from "./kinds.ts";
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
  petitionerLeft: boolean("petitioner_left").notNull().default(false),
  told: boolean().notNull().default(true),
  state: text({ enum: ["offered", "running", "settled", "kept", "broken", "ended"] }).notNull(),
  offeredBy: uuid("offered_by").notNull(),
  offeredAt: instant("offered_at").notNull(),
  untilOn: day("until_on"),
  endedBecause: text("ended_because", { enum: ends }),
  remedies: text(),
  terms: text(),
  performOn: day("perform_on"),
  settledOn: day("settled_on"),
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
