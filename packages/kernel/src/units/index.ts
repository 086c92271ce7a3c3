export { createUnit, DEFAULT_POLICY_PACK, type NewUnit } from "./create-unit.ts";
export { unitsHandlers } from "./handlers.ts";
export { reaudience, reaudienceCases } from "./reaudience.ts";
export {
  ancestorsOf,
  type Organ,
  organAbove,
  type Reader,
  reviewBodyOf,
  unitPath,
  unitPaths,
} from "./unit-path.ts";
export { updateUnit } from "./update-unit.ts";
