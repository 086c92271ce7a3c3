import { DoorstepError } from "@doorstep/contracts";
import { assertMaySendFonts, type Kernel, keepFont, MAX_FONT_MB, type RequestContext } from "@doorstep/kernel";
import type { Context } from "hono";
import { wrongForm } from "./answers.ts";
import { readBody } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";
import { createLimiter } from "./limits.ts";

const MB = 1_024 * 1_024;
/** Each is looked through glyph by glyph, which takes seconds. */
const BURST = 6;
const PER_MINUTE = 2;

export interface FontRoutesOptions {
  readonly kernel: Kernel;
  readonly context: (c: Context<HttpEnv>) => Promise<RequestContext>;
}

/**
 * `POST /rpc/texts.putFont`: a face for letters as body. It is read whole, since it is checked by its parts; a unit
 * then chooses it by its hash (`texts.chooseFont`).
 */
export function putFont({ kernel, context }: FontRoutesOptions) {
  const limiter = createLimiter({ burst: BURST, perMinute: PER_MINUTE, now: kernel.now });
  return async (c: Context<HttpEnv>): Promise<Response> => {
    const wrong = wrongForm(c, "application/octet-stream");
    if (wrong) return wrong;
    const ctx = await context(c);
    if (ctx.restriction) throw new DoorstepError(ctx.restriction);
    assertMaySendFonts(ctx);
    const seconds = limiter.take(ctx.actor?.personId ?? "");
    if (seconds > 0) throw new DoorstepError("request.tooMany", { seconds });
    const bytes = await readBody(c.req.raw, MAX_FONT_MB * MB).catch((error: unknown) => {
      if (error instanceof DoorstepError) throw new DoorstepError("file.tooLarge", { maxMb: MAX_FONT_MB });
      throw error;
    });
    if (bytes.length === 0) throw new DoorstepError("file.empty");
    c.header("Cache-Control", "no-store");
    return c.json({ result: { data: await keepFont(kernel, bytes) } });
  };
}
