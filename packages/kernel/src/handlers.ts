import type { Contract, KernelContract, ProcedureSpec } from "@doorstep/contracts";
import type { z } from "zod";
import type { RequestContext } from "./request-context.ts";

export type Handler<P extends ProcedureSpec> = (
  ctx: RequestContext,
  input: z.output<P["input"]>,
) => Promise<z.input<P["output"]>>;

export type HandlersOf<C extends Contract> = {
  readonly [G in keyof C]: { readonly [N in keyof C[G]]: Handler<C[G][N]> };
};

/** One entry a procedure of the contract; each feature folder gives its group. */
export type Handlers = HandlersOf<KernelContract>;
