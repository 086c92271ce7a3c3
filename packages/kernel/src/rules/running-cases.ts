import { states } from "@doorstep/contracts";
import { isOpen } from "../pipeline/rows.ts";

/** States in which the periods of a case run. */
export const openStates = states.filter(isOpen);

/**
 * SQL: running cases of a unit and those below ($1), of the states $2. Accusations are the organ's own: who administers
 * a unit neither counts nor moves them.
 */
export const RUNNING = `kernel.cases c join kernel.units u on u.id = c.holder_unit_id
  where u.path @> array[$1]::uuid[] and c.status = any($2::text[]) and c.organ_id is null and c.confidentiality < 3`;
