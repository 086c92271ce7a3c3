import type { Contract, ErrorShape, KernelContract, ProcedureSpec } from "@doorstep/contracts";
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";

export type { ErrorShape as CallError } from "@doorstep/contracts";

type ProcedureOf<P extends ProcedureSpec> = P["kind"] extends "query"
  ? TRPCQueryProcedure<{ input: z.input<P["input"]>; output: z.output<P["output"]>; meta: object }>
  : TRPCMutationProcedure<{ input: z.input<P["input"]>; output: z.output<P["output"]>; meta: object }>;

type RouterOf<C extends Contract> = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  { [G in keyof C]: { [N in keyof C[G]]: ProcedureOf<C[G][N]> } }
>;

/** The kernel's procedures as a plugin sees them: made from the contract, so that no kernel code is named. */
export type KernelApi = RouterOf<KernelContract>;
