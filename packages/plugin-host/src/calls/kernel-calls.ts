import type { Contract, KernelContract, ProcedureSpec } from "@doorstep/contracts";
import type { z } from "zod";

type Call<P extends ProcedureSpec> = (input: z.input<P["input"]>) => Promise<z.output<P["output"]>>;

type CallsOf<C extends Contract> = {
  readonly [G in keyof C]: { readonly [N in keyof C[G]]: Call<C[G][N]> };
};

/**
 * The kernel's procedures as one person calls them: input, access and output are checked as for a request from outside,
 * so that a plugin can do nothing that the person could not do himself.
 */
export type KernelCalls = CallsOf<KernelContract>;
