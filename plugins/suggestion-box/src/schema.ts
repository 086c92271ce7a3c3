import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { outcomes } from "./outcomes.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const suggestions = schema.table("suggestions", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  path: uuid().array().notNull(),
  key: uuid().notNull(),
  codeHash: bytes("code_hash").notNull(),
  state: text({ enum: ["new", "shown", "filed", "answered", "passedOn"] }).notNull(),
  wordsFile: uuid("words_file"),
  mayShow: boolean("may_show").notNull(),
  boardTitle: text("board_title"),
  boardText: text("board_text"),
  supports: integer().notNull().default(0),
  leadId: uuid("lead_id"),
  caseId: uuid("case_id"),
  claimedAs: text("claimed_as", { enum: ["study", "passOn"] }),
  claimedAt: instant("claimed_at"),
  codeFile: uuid("code_file"),
  at: instant("at").notNull(),
  endedAt: instant("ended_at"),
});

export const supports = schema.table("supports", {
  suggestionId: uuid("suggestion_id").notNull(),
  accountId: uuid("account_id").notNull(),
});

export const answers = schema.table("answers", {
  id: uuid().primaryKey(),
  caseId: uuid("case_id").notNull(),
  unitId: uuid("unit_id").notNull(),
  title: text().notNull(),
  outcome: text({ enum: outcomes }).notNull(),
  words: text().notNull(),
  open: boolean().notNull(),
  credits: text().array().notNull().default([]),
  supports: integer().notNull(),
  answeredAt: instant("answered_at").notNull(),
});
