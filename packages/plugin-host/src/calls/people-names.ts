import { DoorstepError } from "@doorstep/contracts";
import { holdersByName, holdsRoleAt, idsOfUnit, peopleOfUnit, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";

const MOST = 500;
const which = z.object({
  q: z.string().trim().min(1).max(60).optional(),
  ids: z.array(z.uuid()).max(MOST).optional(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(MOST).default(MOST),
});
const who = which.pick({ after: true, limit: true });

/** Names of people of the house, never of anybody as a petitioner. */
export const peopleNames = ({ plugin, request, unit }: Grantor): CapabilityApi["people.names"] => {
  const permissions = Object.values(plugin.manifest.permissions);
  const assertHolds = (): void => {
    const actor = signedIn(request);
    const pathToRoot = unit.path.toReversed();
    if (!permissions.some((one) => holdsRoleAt(actor, one.grants, pathToRoot))) throw new DoorstepError("forbidden");
  };
  return {
    people: {
      ofUnit: async (asked = {}) => {
        assertHolds();
        const parsed = which.safeParse(asked);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const { q, ids, after, limit } = parsed.data;
        const some = { limit, ...(q && { q }), ...(ids && { ids }), ...(after && { after }) };
        return await peopleOfUnit(request.kernel, unit.id, some);
      },
      idsOfUnit: async (asked = {}) => {
        if (!isHostRequest(request)) assertHolds();
        const parsed = who.safeParse(asked);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const { after, limit } = parsed.data;
        return await idsOfUnit(request.kernel, unit.id, { limit, ...(after && { after }) });
      },
      holding: async (role) => {
        signedIn(request);
        // a module learns who does its own work, not who else holds what
        if (!permissions.some((one) => one.grants.includes(role))) throw new DoorstepError("forbidden");
        return await holdersByName(request.kernel, unit.id, role);
      },
    },
  };
};
