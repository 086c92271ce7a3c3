import type { Contract, KernelContract, ProcedureSpec } from "@doorstep/contracts";
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";

/** What an error carries to the browser: the code is the i18n key and the anchor in docs/errors.md. */
export interface ErrorShape {
  message: string;
  code: number;
  data: {
    code: string;
    httpStatus: number;
    path?: string;
    params: Record<string, string | number>;
    reasons: { code: string; params?: Record<string, string | number> }[];
    /** field path -> message code */
    fields: Record<string, string>;
    requestId: string;
  };
}

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
