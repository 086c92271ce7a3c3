import { pluginSchema } from "@doorstep/sdk/server";
import { bigint, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { RowProblem } from "./checking/judge-row.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);

export const importStates = ["uploading", "uploaded", "checking", "checked", "running", "done"] as const;
export const rowStates = ["ready", "bad", "created", "same", "refused"] as const;
export type RowState = (typeof rowStates)[number];

export const imports = schema.table("imports", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  byPerson: uuid("by_person").notNull(),
  fileName: text("file_name").notNull(),
  fileSize: bigint("file_size", { mode: "number" }).notNull(),
  state: text({ enum: importStates }).notNull(),
  format: text({ enum: ["csv", "xlsx"] }),
  encoding: text(),
  delimiter: text(),
  columns: text().array().notNull(),
  mapping: jsonb().$type<Mapping>(),
  source: text().notNull(),
  readTo: integer("read_to").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true, mode: "string" }).notNull(),
  finishedAt: timestamp("finished_at", { withTimezone: true, mode: "string" }),
});

export const chunks = schema.table(
  "chunks",
  {
    importId: uuid("import_id").notNull(),
    no: integer().notNull(),
    fileId: uuid("file_id").notNull(),
    size: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.no] })],
);

export const rows = schema.table(
  "rows",
  {
    importId: uuid("import_id").notNull(),
    row: integer().notNull(),
    sourceKey: text("source_key").notNull(),
    state: text({ enum: rowStates }).notNull(),
    record: jsonb(),
    problems: jsonb().$type<readonly RowProblem[]>().notNull(),
    caseNo: text("case_no"),
  },
  (t) => [primaryKey({ columns: [t.importId, t.row] })],
);

export const mappings = schema.table(
  "mappings",
  {
    unitId: uuid("unit_id").notNull(),
    headerKey: text("header_key").notNull(),
    mapping: jsonb().$type<Mapping>().notNull(),
    source: text().notNull(),
    at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.headerKey] })],
);
