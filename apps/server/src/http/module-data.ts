import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { DoorstepError } from "@doorstep/contracts";
import { ledgerActorOf, mayAnywhere, type RequestContext } from "@doorstep/kernel";
import type { PluginHost } from "@doorstep/plugin-host";
import type { Context } from "hono";
import { refuse } from "./answers.ts";
import type { HttpEnv } from "./http-env.ts";

export interface ModuleDataOptions {
  readonly host: Pick<PluginHost, "archives">;
  /** where the file is made; nothing stays there */
  readonly folder: string;
  readonly newId: () => string;
  readonly context: (c: Context<HttpEnv>) => Promise<RequestContext>;
}

/**
 * `GET /rpc/modules.data?module=<id>`: what stood in a module's tables, as one `.tar.gz`. For administrators of the
 * platform, and only once two of them have taken the data out of service: nobody alone reads what people wrote. On the
 * server's own machine `doorstep modules export` does it at any time.
 */
export function exportModuleData({ host, folder, newId, context }: ModuleDataOptions) {
  return async (c: Context<HttpEnv>): Promise<Response> => {
    if (c.req.method !== "GET") return refuse(c, "request.unknown", {}, 405);
    const ctx = await context(c);
    if (ctx.restriction) throw new DoorstepError(ctx.restriction);
    if (!ctx.actor) throw new DoorstepError("unauthorized");
    const { archives } = host;
    if (!(mayAnywhere(ctx.actor, "platform.manage") && archives)) throw new DoorstepError("forbidden");
    const pluginId = c.req.query("module") ?? "";
    const removals = await archives.removals.open();
    if (!removals.some((one) => one.pluginId === pluginId && one.state === "archived"))
      throw new DoorstepError("module.noData");
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${newId()}.tar.gz`);
    try {
      await archives.exportData(pluginId, file, { by: ledgerActorOf(ctx.actor), why: "" });
      // the name goes at once; what is open is read to its end
      const made = await open(file);
      await rm(file);
      return answer(c, pluginId, made.createReadStream());
    } finally {
      await rm(file, { force: true });
    }
  };
}

function answer(c: Context<HttpEnv>, pluginId: string, stream: Readable): Response {
  c.header("Cache-Control", "no-store");
  c.header("Content-Type", "application/gzip");
  c.header("Content-Disposition", `attachment; filename="${pluginId}-data.tar.gz"`);
  return c.body(Readable.toWeb(stream) as ReadableStream);
}
