import { type DoorstepError, errorCatalogue } from "@doorstep/contracts";
import { refusalData } from "@doorstep/sdk/server";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";

/** Answers a request that never reached the plugin, in the form its client expects. */
export function refusalResponse(refusal: DoorstepError, paths: readonly string[], isBatch: boolean, requestId: string) {
  const error = new TRPCError({ code: errorCatalogue[refusal.code].transport, cause: refusal });
  const status = getHTTPStatusCodeFromError(error);
  const bodies = (paths.length > 0 ? paths : [""]).map((path) => {
    const data = refusalData(error, status, path, requestId);
    return { error: { message: data.code, code: TRPC_ERROR_CODES_BY_KEY[error.code], data } };
  });
  return Response.json(isBatch ? bodies : bodies[0], { status });
}
