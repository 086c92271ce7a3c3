import { pluginSchema } from "@doorstep/sdk/server";
import { boolean, date, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const visitStates = ["waiting", "talking", "over"] as const;

/** Somebody in the hall, by his number of the day. Who he is and what he says is nowhere here. */
export const visits = pluginSchema(plugin).table("visits", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  day: date({ mode: "string" }).notNull(),
  no: integer().notNull(),
  state: text({ enum: visitStates }).notNull(),
  /** somebody is in danger */
  safety: boolean().notNull(),
  urgent: boolean().notNull(),
  /** people of the same matter, in the hall or not */
  headcount: integer().notNull(),
  /** of these, who come into the room and speak */
  representatives: integer().notNull(),
  /** children, drivers, interpreters: with him, but not of the matter */
  companions: integer().notNull(),
  arrivedAt: instant("arrived_at").notNull(),
  calledAt: instant("called_at"),
  room: text(),
  staff: uuid().array().notNull(),
  appointmentId: uuid("appointment_id"),
  endedAt: instant("ended_at"),
  confirmed: text({ enum: ["glass", "paper"] }),
  /** the signature, under which the petition claims it */
  signatureId: uuid("signature_id"),
  /** absent for an accusation, of which nothing is kept, and for whoever left */
  caseId: uuid("case_id"),
});
