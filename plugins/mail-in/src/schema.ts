import { pluginSchema } from "@doorstep/sdk/server";
import { bigint, boolean, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const big = (name: string) => bigint(name, { mode: "number" });

/** What a message is, or ended as. The first three wait for somebody. */
export const ends = [
  "waiting",
  "reply",
  "quarantine",
  "petition",
  "thread",
  "bounce",
  "autoReply",
  "duplicate",
  "discarded",
  "gone",
] as const;
export type End = (typeof ends)[number];

/** Why a clerk has to look at a message first. */
export const quarantineReasons = [
  "tooLarge",
  "unreadable",
  "encrypted",
  "noSender",
  "empty",
  "machine",
  "otherSender",
  "broughtBack",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** Why a clerk took a message out. */
export const discardReasons = ["advertising", "noPetition", "unreadable", "elsewhere"] as const;

/** Tells one numbering of one mailbox from every other, in which the same numbers mean other messages. */
const series = () => big("uid_validity").notNull();

/** How far each unit's mailbox was read. */
export const mailboxes = schema.table("mailboxes", {
  unitId: uuid("unit_id").primaryKey(),
  series: series(),
  lastUid: big("last_uid").notNull(),
  readAt: instant("read_at").notNull(),
});

/** Each message once. Who wrote and what stands in it is nowhere here: the message itself is an encrypted working file. */
export const mails = schema.table("mails", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  series: series(),
  uid: big("uid").notNull(),
  /** of Message-ID and content: the same twice is a duplicate */
  key: text().notNull(),
  became: text({ enum: ends }).notNull(),
  reason: text(),
  arrivedAt: instant("arrived_at").notNull(),
  size: integer().notNull(),
  /** the raw message */
  fileId: uuid("file_id"),
  /** what the list shows of it */
  cardId: uuid("card_id"),
  /** no machine wrote it, so that it may be answered */
  answerable: boolean().notNull().default(false),
  /** under which the petition claims what came with it */
  attachmentIds: uuid("attachment_ids").array().notNull().default([]),
  attachedAt: instant("attached_at"),
  /** the message whose petition this one answers to */
  replyTo: uuid("reply_to"),
  /** absent for an accusation, of which nothing is kept */
  caseId: uuid("case_id"),
  caseNo: text("case_no"),
  decidedAt: instant("decided_at"),
  /** stands in the subject of the acknowledgement */
  token: text(),
  senderSalt: uuid("sender_salt"),
  /** by which the same sender is known again, and nobody is read */
  senderProof: text("sender_proof"),
  answer: text({ enum: ["none", "due", "sending", "sent", "givenUp"] })
    .notNull()
    .default("none"),
  answerTries: integer("answer_tries").notNull().default(0),
});
