import { type KernelContract, kernelContract } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import type { RequestContext } from "../request-context.ts";
import { createRouter } from "../router.ts";

type Groups = keyof KernelContract;

/** The procedures of some groups as a client sees them: input as typed, output as it travels. */
export type Called<G extends Groups> = {
  readonly [K in G]: {
    readonly [N in keyof KernelContract[K]]: KernelContract[K][N] extends {
      readonly input: infer I extends z.ZodType;
      readonly output: infer O extends z.ZodType;
    }
      ? (input: z.input<I>) => Promise<z.output<O>>
      : never;
  };
};

/** Calls procedures through the real router (schemas, access, refusals) as somebody, or as nobody. */
export function caller<G extends Groups>(
  kernel: Kernel,
  handlers: Pick<Handlers, G>,
): (actor: Actor | undefined) => Called<G> {
  const groups = Object.fromEntries(Object.keys(handlers).map((group) => [group, kernelContract[group as G]]));
  const router = createRouter(groups as never, handlers as never);
  return (actor) => {
    const context: RequestContext = {
      kernel,
      actor,
      codeCaseId: undefined,
      requestId: "test",
      origin: "test",
      setCodeCase: () => undefined,
    };
    return router.createCaller(context) as unknown as Called<G>;
  };
}

/** The code of a refusal, or what came instead. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return { done: await work };
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause;
    return cause?.code ?? (error as { code?: string }).code ?? error;
  }
}
