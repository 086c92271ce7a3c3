import { z } from "zod";
import { countsOutput } from "./cases.ts";
import { id, instant, localDate, pageInput, text } from "./ids.ts";
import { personKinds, type Role, roles } from "./names.ts";
import { permissions } from "./permissions.ts";
import { bilingual, locale } from "./text.ts";
import { unitSummary } from "./units.ts";

export const grantableRole = z.enum(roles).refine((r) => r !== "petitioner" && r !== "delegate");

export const grant = z.object({
  id,
  role: z.enum(roles),
  unitId: id,
  unitName: bilingual,
  /** also for all units below */
  subtree: z.boolean(),
  from: localDate,
  until: localDate.nullable(),
  /** waits for a second administrator of the superior unit */
  pending: z.boolean(),
  grantedBy: z.string().nullable(),
});
export type Grant = z.infer<typeof grant>;

/** Who asks, what he may do and where. Public: `null` without a session. */
export const sessionMe = z
  .object({
    personId: id,
    name: z.string(),
    username: z.string(),
    unit: unitSummary.nullable(),
    /** of his unit: times on his screens are shown in it, as on letters */
    timeZone: z.string().nullable(),
    grants: z.array(grant),
    permissions: z.array(z.enum(permissions)),
    mustChangePassword: z.boolean(),
    mustEnrolSecondFactor: z.boolean(),
    /** whether a second factor is set up, and whether one of his roles asks for it, so that it cannot be switched off */
    secondFactor: z.boolean(),
    secondFactorRequired: z.boolean(),
    locale,
  })
  .nullable();
export type SessionMe = z.infer<typeof sessionMe>;

/** A signed-in browser of the person himself; neither address nor device is known [DC]. */
export const sessionSummary = z.object({
  id,
  current: z.boolean(),
  signedInAt: instant,
  usedAt: instant,
});
export type SessionSummary = z.infer<typeof sessionSummary>;

export const serviceNumber = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}._-]{3,40}$/u, { error: "person.usernameForm" });

export const personSummary = z.object({
  id,
  name: z.string(),
  username: z.string(),
  kind: z.enum(personKinds),
  unit: unitSummary,
  roles: z.array(z.enum(roles)),
  lastSeenOn: localDate.nullable(),
  active: z.boolean(),
});

export const personDetail = personSummary.extend({
  version: z.number().int(),
  grants: z.array(grant),
  /** computed, with the reason: what he can do and why */
  effective: z.array(z.object({ permission: z.enum(permissions), role: z.enum(roles), unitName: bilingual })),
  warnings: z.array(z.enum(["registersAndApproves", "grantWithoutEnd", "noSecondFactor"])),
  secondFactor: z.boolean(),
  secondFactorRequired: z.boolean(),
});

export const previewInput = z.object({ personId: id, caseNo: text(40, 0).default("") });
export const personPreview = z.object({
  permissions: z.array(z.enum(permissions)),
  /** how many cases his lists hold; `null` for somebody without a desk */
  counts: countsOutput.nullable(),
  /** whether the case of the given number opens to him; `null` where none was given */
  opens: z.boolean().nullable(),
});
export type PersonPreview = z.infer<typeof personPreview>;

export const roleInput = z.object({ role: grantableRole, ...pageInput });
/** Who holds a role where: one line a grant that counts today. */
export const roleHolder = z.object({
  grantId: id,
  personId: id,
  personName: z.string(),
  unitName: bilingual,
  subtree: z.boolean(),
  until: localDate.nullable(),
});
export const rolePage = z.object({
  /** the highest level of cases the role opens by its unit, `null` where it opens none so */
  reads: z.union([z.literal(1), z.literal(2)]).nullable(),
  items: z.array(roleHolder),
  nextCursor: z.string().nullable(),
});

export const createPersonInput = z.object({
  name: text(60),
  username: serviceNumber,
  kind: z.enum(personKinds),
  unitId: id,
});
export const updatePersonInput = z.object({
  personId: id,
  version: z.number().int(),
  name: text(60).optional(),
  kind: z.enum(personKinds).optional(),
  unitId: id.optional(),
  active: z.boolean().optional(),
});

/** Printed once on paper and handed over in person: a first or replacement password. */
export const passwordSlip = z.object({ username: z.string(), oneTimePassword: z.string(), validUntil: instant });

export const grantInput = z.object({
  personId: id,
  role: grantableRole,
  unitId: id,
  subtree: z.boolean().default(false),
  until: localDate.nullable().default(null),
  why: text(200),
});

export const listPeopleInput = z.object({
  q: text(60, 0).default(""),
  unitId: id.optional(),
  role: z.enum(roles).optional(),
  ...pageInput,
});

/** Which roles must use a second factor at a unit and below. */
export const secondFactorRule = z.object({ role: z.enum(roles), required: z.boolean() });

export interface ActorGrant {
  readonly role: Role;
  readonly unitId: string;
  readonly subtree: boolean;
}
