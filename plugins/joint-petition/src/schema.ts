import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, customType, date, integer, text, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const drafts = schema.table("drafts", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  key: uuid().notNull(),
  starterId: uuid("starter_id"),
  wordsFile: uuid("words_file"),
  signHash: bytes("sign_hash").notNull(),
  speakHash: bytes("speak_hash").notNull(),
  state: text({ enum: ["open", "filing", "filed"] }).notNull(),
  fileKey: uuid("file_key"),
  closesOn: date("closes_on", { mode: "string" }).notNull(),
  signed: integer().notNull().default(0),
});

export const signatures = schema.table("signatures", {
  id: uuid().primaryKey(),
  draftId: uuid("draft_id").notNull(),
  key: uuid().notNull(),
  codeHash: bytes("code_hash").notNull(),
  accountId: uuid("account_id"),
  represents: boolean().notNull(),
  agreed: boolean().notNull().default(false),
  whoFile: uuid("who_file").notNull(),
});
