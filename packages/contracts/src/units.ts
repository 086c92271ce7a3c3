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

const replyApprovals = z.union([z.literal(1), z.literal(2)]);

export const unitDetail = unitNode.extend({
  timeZone: z.string(),
  strength: z.number().int().min(0).nullable(),
  calendarId: z.string(),
  policyPack: z.string(),
  offices: z.array(office),
  receptionPlace: text(200, 0),
  /** how many people approve a reply; `null`: as the unit above */
  replyApprovals: replyApprovals.nullable(),
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
  replyApprovals: replyApprovals.nullable().optional(),
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

const unitVersion = z.object({ unitId: id, version: z.number().int() });
const newName = z.object({ code: unitCode, name: bilingual });

/** Several new units in the place of one, beside it. */
export const splitUnitInput = unitVersion.extend({
  parts: z
    .array(newName.extend({ people: z.array(id).max(5_000).default([]), subUnits: z.array(id).max(500).default([]) }))
    .min(2)
    .max(10),
  /** place in `parts` of the one that takes what is assigned to none */
  rest: z.number().int().min(0).max(9),
  why: text(200),
});

/** Several units become one, which is there already or is made by it. */
export const mergeUnitsInput = z.object({
  units: z.array(unitVersion).min(1).max(20),
  into: z.discriminatedUnion("kind", [
    unitVersion.extend({ kind: z.literal("existing") }),
    newName.extend({ kind: z.literal("new"), parentId: id }),
  ]),
  why: text(200),
});

/** What a split or a merger brings to each unit that comes after; found by trying it. */
export const reorganisationPreview = z.object({
  heirs: z.array(
    z.object({
      name: bilingual,
      openCases: z.number().int(),
      clocks: z.number().int(),
      people: z.number().int(),
      subUnits: z.number().int(),
      offices: z.number().int(),
      modulesTurnedOn: z.array(z.string()),
      modulesTurnedOff: z.array(z.string()),
      warnings: unitDetail.shape.warnings,
    }),
  ),
  /** people who hold a role at an heir that they did not hold there before */
  rolesCarried: z.number().int(),
  /** petitions that go one level up, as an heir is complained of or would review its own reply */
  liftedUp: z.number().int(),
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
  /** nothing that is about it is ever mediated; true for everything below such a topic as well */
  neverMediated: z.boolean(),
  /** keeps its code and its mark, and is never retired */
  platformOwn: z.boolean(),
});
export const topicCatalogue = z.object({ version: z.number().int(), topics: z.array(topic) });
export const saveTopicsInput = z.object({
  version: z.number().int(),
  topics: z.array(topic.omit({ platformOwn: true }).extend({ neverMediated: z.boolean().default(false) })).max(2_000),
});
