import { pluginSchema } from "@doorstep/sdk/server";
import { integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { topics } from "./help/topics.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const answers = schema.table("answers", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  topic: text({ enum: topics }).notNull(),
  questionZh: text("question_zh").notNull(),
  questionEn: text("question_en").notNull(),
  answerZh: text("answer_zh").notNull(),
  answerEn: text("answer_en").notNull(),
  elsewhereZh: text("elsewhere_zh").notNull(),
  elsewhereEn: text("elsewhere_en").notNull(),
  timeLimitZh: text("time_limit_zh").notNull(),
  timeLimitEn: text("time_limit_en").notNull(),
  source: text().notNull(),
  version: integer().notNull(),
  at: instant("at").notNull(),
  byPerson: uuid("by_person").notNull(),
  endedAt: instant("ended_at"),
});
