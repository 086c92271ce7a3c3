import { z } from "zod";
import { id, localDate, pageInput, text } from "./ids.ts";
import { bilingual } from "./text.ts";

export const officeKinds = ["petitionOffice", "disciplineOrgan", "handlingOffice"] as const;

/** A unit's office: who in the unit does what, and how to reach it. */
export const office = z.object({
  id,
  kind: z.enum(officeKinds),
  name: bilingual,
  contact: text(80, 0),
  phone: text(40, 0),
  address: text(200, 0),
});

export const unitSummary = z.object({
  id,
  code: z.string(),
  name: bilingual,
  level: z.number().int().min(1),
  parentId: id.nullable(),
});
export type UnitSummary = z.infer<typeof unitSummary>;

/** `code` stands in the QR code of the notice board, so it may be public. */
export const unitCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{2,20}$/, { error: "unit.codeForm" });

export const unitNode = unitSummary.extend({
  children: z.number().int().min(0),
  validFrom: localDate,
  validUntil: localDate.nullable(),
  version: z.number().int(),
  /** `false` where the asker only sees it as an ancestor of his own units. */
  manageable: z.boolean(),
});

export const unitDetail = unitNode.extend({
  timeZone: z.string(),
  strength: z.number().int().min(0).nullable(),
  calendarId: z.string(),
  policyPack: z.string(),
  offices: z.array(office),
  receptionPlace: text(200, 0),
  path: z.array(unitSummary),
  /** no person holds clerk or officer at the unit or above: nobody would take in */
  warnings: z.array(z.enum(["noIntakePerson", "noSigner", "noDisciplineOrganAbove"])),
});
export type UnitDetail = z.infer<typeof unitDetail>;

export const createUnitInput = z.object({
  parentId: id.nullable(),
  code: unitCode,
  name: bilingual,
  timeZone: z.string().max(60).default("Asia/Shanghai"),
  strength: z.number().int().min(0).max(1_000_000).nullable().default(null),
  validFrom: localDate.optional(),
});

export const updateUnitInput = z.object({
  unitId: id,
  version: z.number().int(),
  name: bilingual.optional(),
  strength: z.number().int().min(0).max(1_000_000).nullable().optional(),
  timeZone: z.string().max(60).optional(),
  receptionPlace: text(200, 0).optional(),
  offices: z
    .array(office.omit({ id: true }).extend({ id: id.optional() }))
    .max(30)
    .optional(),
});

/** What moving or retiring a unit changes, shown before anything is saved. */
export const unitChangePreview = z.object({
  openCases: z.number().int(),
  people: z.number().int(),
  subUnits: z.number().int(),
  modulesTurnedOn: z.array(z.string()),
  modulesTurnedOff: z.array(z.string()),
  reviewBodyBefore: bilingual.nullable(),
  reviewBodyAfter: bilingual.nullable(),
});

/** One row of an import of units or people, as the dry run judged it. */
export const importRow = z.object({
  row: z.number().int(),
  key: z.string(),
  action: z.enum(["create", "update", "same", "error"]),
  /** codes of the error catalogue */
  problems: z.array(
    z.object({ column: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export const importReport = z.object({
  rows: z.array(importRow),
  counts: z.object({ create: z.number(), update: z.number(), same: z.number(), error: z.number() }),
  applied: z.boolean(),
});
export type ImportReport = z.infer<typeof importReport>;

export const findUnitsInput = z.object({ q: text(60, 0).default(""), ...pageInput });
export const publicUnit = unitSummary.pick({ id: true, code: true, name: true }).extend({ path: bilingual });

/** What the notice board says: channels, addresses, phones, reception, how to query [R22:18]. */
export const noticeBoard = z.object({
  unit: publicUnit,
  offices: z.array(office),
  receptionPlace: z.string(),
});

export const topic = z.object({
  id,
  code: z.string().max(40),
  name: bilingual,
  parentId: id.nullable(),
  retired: z.boolean(),
});
export const topicCatalogue = z.object({ version: z.number().int(), topics: z.array(topic) });
export const saveTopicsInput = z.object({
  version: z.number().int(),
  topics: z.array(topic).max(2_000),
});
