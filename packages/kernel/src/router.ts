import {
  type Contract,
  DoorstepError,
  type ErrorShape,
  errorCatalogue,
  kernelContract,
  type ProcedureSpec,
  wrongFields,
} from "@doorstep/contracts";
import { isAway, isFull } from "@doorstep/database";
import { type AnyTRPCRouter, initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { mayAnywhere } from "./actor.ts";
import { assertTaking } from "./halt.ts";
import type { Handlers } from "./handlers.ts";
import { underRequest } from "./ledger/request-number.ts";
import { unobserved } from "./observe.ts";
import type { RequestContext } from "./request-context.ts";

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ shape, error, ctx, path }): ErrorShape => {
    const refusal = error.cause instanceof DoorstepError ? error.cause : undefined;
    const code =
      refusal?.code ??
      (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError ? "input.invalid" : transportCode(error));
    return {
      message: code,
      code: shape.code,
      data: {
        code,
        httpStatus: shape.data.httpStatus,
        ...(path !== undefined && { path }),
        params: { ...(refusal?.params ?? {}), ...(ctx && { requestId: ctx.requestId }) },
        reasons: (refusal?.reasons ?? []).map((r) => ({ code: r.code, ...(r.params && { params: { ...r.params } }) })),
        ...(error.cause instanceof z.ZodError ? wrongFields(error.cause) : { fields: {} }),
        requestId: ctx?.requestId ?? "",
      },
    };
  },
});

function transportCode(error: TRPCError): string {
  if (error.code === "UNAUTHORIZED") return "unauthorized";
  if (error.code === "PAYLOAD_TOO_LARGE") return "input.tooLarge";
  if (
    error.code === "NOT_FOUND" ||
    error.code === "METHOD_NOT_SUPPORTED" ||
    error.code === "PARSE_ERROR" ||
    error.code === "BAD_REQUEST"
  )
    return "request.unknown";
  return "unexpected";
}

/** What somebody may be told of an error; nothing of a defect. */
function refusalIn(error: unknown): DoorstepError | undefined {
  if (error instanceof DoorstepError) return error;
  if (isFull(error)) return new DoorstepError("service.full");
  return isAway(error) ? new DoorstepError("service.away") : undefined;
}

/** An expected refusal becomes its transport code; a defect stays what it is and is logged by the server. */
const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  const refusal = result.ok ? undefined : refusalIn(result.error.cause);
  if (refusal) throw new TRPCError({ code: errorCatalogue[refusal.code].transport, cause: refusal });
  return result;
});

/** What an account may ask before it has changed its first password or set up its second factor. */
const WHILE_RESTRICTED: ReadonlySet<string> = new Set(["session.me", "session.setLocale"]);

/** Called as mutations, but to look: who has a code opens his petition all the same. */
const WHILE_HALTED: ReadonlySet<string> = new Set(["intake.track", "intake.leave", "intake.openLinked"]);

/** Nobody's procedure: access is part of the contract's line and is checked before the handler runs. */
function assertAccess(ctx: RequestContext, spec: ProcedureSpec): void {
  if (spec.access === "public") return;
  if (spec.access === "petitioner") {
    if (!ctx.codeCaseId && !ctx.actor) throw new DoorstepError("case.notFound");
    return;
  }
  if (!ctx.actor) throw new DoorstepError("unauthorized");
  if (spec.access === "signedIn") return;
  if (!mayAnywhere(ctx.actor, spec.access)) throw new DoorstepError("forbidden");
}

/** The router is made from the contract, so that no procedure exists beside it. */
export function createRouter<C extends Contract>(
  contract: C,
  handlers: Record<string, Record<string, unknown>>,
): AnyTRPCRouter {
  const groups: Record<string, AnyTRPCRouter> = {};
  for (const [group, procedures] of Object.entries(contract)) {
    const built: Record<string, ReturnType<typeof t.procedure.query>> = {};
    for (const [name, spec] of Object.entries(procedures)) {
      const handler = handlers[group]?.[name] as
        | ((ctx: RequestContext, input: unknown) => Promise<unknown>)
        | undefined;
      if (!handler) throw new Error(`no handler for ${group}.${name}`);
      const base = t.procedure.use(refusals).input(spec.input).output(spec.output);
      const run = async (o: { ctx: RequestContext; input: unknown }): Promise<unknown> => {
        if (o.ctx.restriction && !WHILE_RESTRICTED.has(`${group}.${name}`)) throw new DoorstepError(o.ctx.restriction);
        assertAccess(o.ctx, spec);
        if (spec.kind === "mutation" && !WHILE_HALTED.has(`${group}.${name}`)) assertTaking(o.ctx.kernel);
        const observe = o.ctx.kernel.observe ?? unobserved;
        const part = { kind: "procedure", name: `${group}.${name}` } as const;
        return await observe(part, () => underRequest(o.ctx.requestId, () => handler(o.ctx, o.input)));
      };
      built[name] = (spec.kind === "query" ? base.query(run as never) : base.mutation(run as never)) as never;
    }
    groups[group] = t.router(built as never);
  }
  return t.router(groups as never);
}

export const createKernelRouter = (handlers: Handlers): AnyTRPCRouter =>
  createRouter(kernelContract, handlers as never);
