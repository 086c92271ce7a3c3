import { z } from "zod";
import { id, instant, localDate, pageInput, text } from "./ids.ts";
import { bilingual } from "./text.ts";

/** What an auditor asks for, by the kind of act. */
export const auditKinds = [
  "identity",
  "reading",
  "export",
  "cases",
  "roles",
  "accounts",
  "units",
  "modules",
  "retention",
  "house",
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Who answers for an entry: staff by name, a petitioner never. */
export const ledgerActor = z.object({
  kind: z.enum(["person", "petitioner", "anonymous", "system", "plugin"]),
  id: z.string().nullable(),
  name: z.string().nullable(),
});

export const ledgerEntry = z.object({
  stream: z.string(),
  seq: z.number().int(),
  at: instant,
  type: z.string(),
  name: bilingual,
  actor: ledgerActor,
  facts: z.record(z.string(), z.unknown()),
  /** what units and staff that stand in the facts are called, by id */
  names: z.record(z.string(), bilingual),
  /** of an accusation: that something happened, and nothing of what */
  sealed: z.boolean(),
  hash: z.string(),
});

const ledgerFilter = {
  /** one chain */
  stream: id.optional(),
  who: id.optional(),
  kind: z.enum(auditKinds).optional(),
  /** with all below it */
  unitId: id.optional(),
  caseNo: z.string().trim().max(20).optional(),
  pluginId: z.string().max(60).optional(),
  /** the number an error names; without a first day the last 30 days are searched */
  request: z.uuid().optional(),
  /** days in the time zone of the root */
  from: localDate.optional(),
  until: localDate.optional(),
};
export const ledgerPageInput = z.object({ ...ledgerFilter, ...pageInput });
export const ledgerEntryInput = z.object({ stream: id, seq: z.number().int().min(1) });

/** One entry with the last one before it about the same thing, so that what changed can be told. */
export const ledgerEntryDetail = z.object({
  entry: ledgerEntry,
  prev: z.string(),
  /** the number of the request that wrote it; none for the work of the house itself, and of an accusation */
  request: z.string().nullable(),
  before: ledgerEntry.nullable(),
  /** as whoever did it wrote it down, where that is kept and names nobody */
  reason: z.string().nullable(),
  /** the seal that covers it */
  seal: z.number().int().nullable(),
});

export const ledgerExportInput = z.object({ ...ledgerFilter, reason: text(300, 4) });
export const ledgerExport = z.object({ items: z.array(ledgerEntry), complete: z.boolean() });

/** The proof over the entries so far: how far the chain was checked, and the first faults by name. */
export const ledgerProof = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  streams: z.number().int(),
  seals: z.number().int(),
  until: instant.nullable(),
  faults: z.array(z.object({ stream: z.string(), seq: z.number().int(), fault: z.string() })),
});

/** How the ledger stands: last check, last seal, last root that left the house. */
export const ledgerState = z.object({
  checked: ledgerProof.extend({ at: instant }).nullable(),
  seal: z.object({ no: z.number().int(), at: instant }).nullable(),
  handedOut: z.object({ on: localDate, seal: z.number().int() }).nullable(),
});
