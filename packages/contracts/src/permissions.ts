import type { Role } from "./names.ts";

/** What somebody may do, apart from the acts of a case (those stand in the life-cycle table). */
export const permissions = [
  "desk.use",
  "desk.register",
  "desk.act",
  "vault.open",
  "units.read",
  "units.manage",
  "topics.manage",
  "policy.manage",
  "people.read",
  "people.manage",
  "modules.read",
  "modules.manage",
  "platform.manage",
  "ledger.read",
  "import.run",
] as const;
export type Permission = (typeof permissions)[number];

const desk: readonly Permission[] = ["desk.use", "desk.act", "units.read"];

/** Which permissions a role brings at the units where it is held [SPEC §7]. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  petitioner: [],
  delegate: [],
  clerk: [...desk, "desk.register"],
  custodian: ["desk.use", "units.read", "vault.open"],
  officer: [...desk, "desk.register", "vault.open", "import.run"],
  handler: desk,
  officeHead: desk,
  signer: desk,
  chargeLeader: [...desk, "vault.open"],
  reviewer: desk,
  discipline: [...desk, "desk.register", "vault.open"],
  mediator: ["desk.use", "units.read"],
  supervisor: ["desk.use", "units.read"],
  talkOfficer: ["desk.use", "units.read"],
  dutyHelper: ["units.read"],
  analyst: ["units.read"],
  auditor: ["ledger.read", "units.read", "people.read"],
  unitAdmin: [
    "units.read",
    "units.manage",
    "topics.manage",
    "policy.manage",
    "people.read",
    "people.manage",
    "modules.read",
    "modules.manage",
  ],
  platformAdmin: [
    "units.read",
    "units.manage",
    "topics.manage",
    "policy.manage",
    "people.read",
    "people.manage",
    "modules.read",
    "modules.manage",
    "platform.manage",
    "import.run",
  ],
};
