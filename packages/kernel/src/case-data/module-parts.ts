import type { Role } from "@doorstep/contracts";
import type { SideAct } from "../pipeline/execute.ts";

const atHolder: readonly Role[] = [
  "clerk",
  "officer",
  "handler",
  "signer",
  "chargeLeader",
  "reviewer",
  "mediator",
  "supervisor",
];
/** Those who assist stand outside of the circle: what is covered for them they would write back covered. */
const above: readonly Role[] = ["officer", "chargeLeader", "reviewer", "supervisor"];

/** Those who have a part in a petition that a module may take in their name. */
export const moduleParts: SideAct["who"] = [
  { role: "handler", at: "case" },
  ...atHolder.map((role) => ({ role, at: "holder" as const })),
  ...above.map((role) => ({ role, at: "above" as const })),
];
