import { DoorstepError, type ErrorShape, errorCatalogue, wrongFields } from "@doorstep/contracts";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { RequestCtx } from "./context.ts";

/** Who may call: a permission of the plugin, anybody signed in, or anybody. */
export interface ProcedureMeta {
  readonly needs: string;
}

export type { ErrorShape as PluginErrorShape } from "@doorstep/contracts";

const transportCodes: Partial<Record<TRPCError["code"], string>> = {
  UNAUTHORIZED: "unauthorized",
  PAYLOAD_TOO_LARGE: "input.tooLarge",
  NOT_FOUND: "request.unknown",
  METHOD_NOT_SUPPORTED: "request.unknown",
  PARSE_ERROR: "request.unknown",
  BAD_REQUEST: "request.unknown",
};

/** The words of a refusal for the caller: nothing of a defect but that there was one. */
export function refusalData(
  error: TRPCError,
  httpStatus: number,
  path: string | undefined,
  requestId: string,
): ErrorShape["data"] {
  const refusal = error.cause instanceof DoorstepError ? error.cause : undefined;
  const invalid = error.cause instanceof z.ZodError ? error.cause : undefined;
  const code =
    refusal?.code ??
    (invalid && error.code === "BAD_REQUEST" ? "input.invalid" : (transportCodes[error.code] ?? "unexpected"));
  return {
    code,
    httpStatus,
    ...(path !== undefined && { path }),
    params: { ...(refusal?.params ?? {}), requestId },
    reasons: (refusal?.reasons ?? []).map((r) => ({ code: r.code, ...(r.params && { params: { ...r.params } }) })),
    ...(invalid ? wrongFields(invalid) : { fields: {} }),
    requestId,
  };
}

/** Under this name the host gives the number of the request, which no plugin has a use for. */
export const REQUEST_ID = Symbol.for("doorstep.requestId");

function requestIdOf(ctx: object | undefined): string {
  const value = ctx && (ctx as { [REQUEST_ID]?: unknown })[REQUEST_ID];
  return typeof value === "string" ? value : "";
}

/** An expected refusal takes its own transport code; a defect stays what it is and is recorded by the host. */
export function asRefusal(error: TRPCError): TRPCError {
  if (!(error.cause instanceof DoorstepError)) return error;
  return new TRPCError({ code: errorCatalogue[error.cause.code].transport, cause: error.cause });
}

/**
 * The builders of the plugin's own procedures. `procedure("boxes.open")` is for holders of that permission at the call's
 * unit, `procedure()` for anybody signed in, `procedure("public")` for anybody. The host checks before plugin code runs.
 *
 * @since 0.1
 */
// The return type is inferred: tRPC's builder types are not written by hand.
export function pluginRpc<P extends PluginSpec>(_plugin: Plugin<P>) {
  const t = initTRPC
    .context<RequestCtx<P>>()
    .meta<ProcedureMeta>()
    .create({
      errorFormatter: ({ shape, error, ctx, path }): ErrorShape => {
        const data = refusalData(error, shape.data.httpStatus, path, requestIdOf(ctx));
        return { message: data.code, code: shape.code, data };
      },
    });
  return {
    router: t.router,
    procedure: (needs: P["permissions"] | "public" | "signedIn" = "signedIn") =>
      t.procedure.meta({ needs }).use(async ({ next }) => {
        const result = await next();
        if (!result.ok) throw asRefusal(result.error);
        return result;
      }),
  };
}
