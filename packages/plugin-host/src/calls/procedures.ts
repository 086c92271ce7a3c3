import type { Id } from "@doorstep/contracts";
import {
  closeProcedure,
  openProcedure,
  type ProcedureKind,
  procedureRuns,
  seatOnHearing,
  signedIn,
} from "@doorstep/kernel";
import type { Procedures } from "@doorstep/sdk/server";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

/** Procedures of one plugin beside petitions, by the rights of whoever asks; a hearing it may end in the unit's name as well. */
export function proceduresFor({ pluginId, plugin, request, unit }: Grantor): {
  readonly procedures: Procedures<string>;
} {
  const { kernel } = request;
  const kindOf = (code: string): ProcedureKind => {
    const key = `${pluginId}/${code}`;
    const declared = plugin.manifest.contributions.find((one) => one.key === key && one.procedure)?.procedure;
    if (!declared) throw new Error(`${pluginId} has not said that it conducts ${code}`);
    return declared.runs;
  };
  const on = (caseId: Id, code: string, key: string) => ({ caseId, pluginId, runs: kindOf(code), key });
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  return {
    procedures: {
      open: async (caseId, code, { key, ...how }) =>
        await openProcedure(kernel, signedIn(request), on(caseId, code, key), how),
      seat: async (caseId, code, { key, ...who }) =>
        await seatOnHearing(kernel, signedIn(request), on(caseId, code, key), who),
      close: async (caseId, code, end) => await closeProcedure(kernel, name(), on(caseId, code, kernel.newId()), end),
      runs: async (caseId, code) => await orNull(procedureRuns(kernel, signedIn(request), caseId, kindOf(code))),
    },
  };
}
