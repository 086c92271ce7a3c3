import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { Context } from "hono";
import type { z } from "zod";
import { wrongForm } from "./answers.ts";
import { readJson } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";

export type Handle = (c: Context<HttpEnv>) => Promise<Response>;
/** Who calls. */
export type ContextOf = (c: Context<HttpEnv>) => Promise<RequestContext>;

/** Who calls, where he may do anything yet. @throws DoorstepError the reason why he may not */
export async function unrestricted(c: Context<HttpEnv>, context: ContextOf): Promise<RequestContext> {
  const ctx = await context(c);
  if (ctx.restriction) throw new DoorstepError(ctx.restriction);
  return ctx;
}

/**
 * An address that is asked like every other call, by a POST of a small JSON object, and answers with a file.
 *
 * @throws DoorstepError `input.invalid` for what the shape refuses, `request.unknown`, the reason why the caller may not yet
 */
export const fileAddress =
  <S extends z.ZodType>(
    context: ContextOf,
    shape: S,
    answer: (c: Context<HttpEnv>, ctx: RequestContext, asked: z.output<S>) => Promise<Response>,
  ): Handle =>
  async (c) => {
    const wrong = wrongForm(c, "application/json");
    if (wrong) return wrong;
    const asked = shape.safeParse(await readJson(c.req.raw));
    if (!asked.success) throw new DoorstepError("input.invalid");
    return await answer(c, await unrestricted(c, context), asked.data);
  };
