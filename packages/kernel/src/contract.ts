import type { Contract, ErrorShape, KernelContract, ProcedureSpec } from "@doorstep/contracts";
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";

type ProcedureOf<P extends ProcedureSpec> = P["kind"] extends "query"
  ? TRPCQueryProcedure<{ input: z.input<P["input"]>; output: z.output<P["output"]>; meta: object }>
  : TRPCMutationProcedure<{ input: z.input<P["input"]>; output: z.output<P["output"]>; meta: object }>;

interface Root {
  ctx: object;
  meta: object;
  errorShape: ErrorShape;
  transformer: false;
}

export type RouterOf<C extends Contract> = TRPCBuiltRouter<
  Root,
  { [G in keyof C]: { [N in keyof C[G]]: ProcedureOf<C[G][N]> } }
>;

/** The kernel's router as apps see it: derived from the contract alone. */
export type KernelRouter = RouterOf<KernelContract>;
