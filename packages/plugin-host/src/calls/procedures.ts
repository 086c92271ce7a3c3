import type { Id } from "@doorstep/contracts";
import { closeProcedure, openProcedure, type ProcedureKind, procedureRuns, signedIn } from "@doorstep/kernel";
import type { Procedures } from "@doorstep/sdk/server";
import type { Grantor } from "./capabilities.ts";
import { orNull } from "./refused.ts";

/** Procedures of one plugin beside petitions, by the rights of whoever asks. */
export function proceduresFor({ pluginId, plugin, request }: Grantor): { readonly procedures: Procedures<string> } {
  const { kernel } = request;
  const kindOf = (code: string): ProcedureKind => {
    const key = `${pluginId}/${code}`;
    const declared = plugin.manifest.contributions.find((one) => one.key === key && one.procedure)?.procedure;
    if (!declared) throw new Error(`${pluginId} has not said that it conducts ${code}`);
    return declared.runs;
  };
  const on = (caseId: Id, code: string, key: string) => ({ caseId, pluginId, runs: kindOf(code), key });
  return {
    procedures: {
      open: async (caseId, code, { key, ...how }) =>
        await openProcedure(kernel, signedIn(request), on(caseId, code, key), how),
      close: async (caseId, code, end) =>
        await closeProcedure(kernel, signedIn(request), on(caseId, code, kernel.newId()), end),
      runs: async (caseId, code) => await orNull(procedureRuns(kernel, signedIn(request), caseId, kindOf(code))),
    },
  };
}
