import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { ModuleHandlers } from "@doorstep/plugin-host";
import type { Context } from "hono";
import type { HttpEnv } from "./http-env.ts";

type ForUnit = ModuleHandlers["registry"]["forUnit"];

/**
 * `/file?u=<unit code>`, as printed on the notice board: leads to the unit's filing page, or to the home page where it
 * has several or none. The code of a unit is public; nothing of the asker is in the address.
 */
export function filingEntry(
  forUnit: ForUnit,
  context: (c: Context<HttpEnv>) => Promise<RequestContext>,
): (c: Context<HttpEnv>) => Promise<Response> {
  return async (c) => {
    const code = c.req.query("u")?.slice(0, 40);
    const query = code === undefined ? "" : `?${new URLSearchParams({ u: code })}`;
    const pages = await pagesOf(forUnit, await context(c), code);
    c.header("Cache-Control", "no-store");
    return c.redirect(`${pages.length === 1 ? pages[0] : "/"}${query}`, 302);
  };
}

async function pagesOf(forUnit: ForUnit, ctx: RequestContext, code: string | undefined): Promise<readonly string[]> {
  try {
    const { channels } = await forUnit(ctx, code === undefined ? {} : { unitCode: code });
    return channels.flatMap((channel) => (channel.page === null ? [] : [channel.page]));
  } catch (error) {
    // The poster of a unit that is no more still leads somewhere.
    if (error instanceof DoorstepError) return [];
    throw error;
  }
}
