import { fileResult } from "@doorstep/contracts";
import { asRefusal, type PluginErrorShape, refusalData } from "@doorstep/sdk/server";
import { type AnyTRPCRouter, initTRPC } from "@trpc/server";
import { type FilingScene, fileForm, formFiling } from "./file-form.ts";

/**
 * The host's own procedures at a plugin's address, open to anybody as filing is: `channel.file` takes a filled form.
 */
export function createChannelRouter(): AnyTRPCRouter {
  const t = initTRPC.context<FilingScene>().create({
    errorFormatter: ({ shape, error, ctx, path }): PluginErrorShape => {
      const data = refusalData(error, shape.data.httpStatus, path, ctx?.request.requestId ?? "");
      return { message: data.code, code: shape.code, data };
    },
  });
  return t.router({
    channel: t.router({
      file: t.procedure
        .use(async ({ next }) => {
          const result = await next();
          if (!result.ok) throw asRefusal(result.error);
          return result;
        })
        .input(formFiling)
        .output(fileResult)
        .mutation(({ ctx, input }) => fileForm(ctx, input)),
    }),
  });
}
