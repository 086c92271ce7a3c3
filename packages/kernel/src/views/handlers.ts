import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { visibleViews } from "./read-views.ts";
import { removeView, saveView, shareView } from "./save-views.ts";

export const viewsHandlers: Handlers["views"] = {
  list: (ctx) => visibleViews(ctx.kernel.pool, signedIn(ctx)),
  save: (ctx, input) => saveView(ctx.kernel, signedIn(ctx), input),
  remove: (ctx, input) => removeView(ctx.kernel, signedIn(ctx), input.id),
  share: (ctx, input) => shareView(ctx.kernel, signedIn(ctx), input.id, input.unitId),
};
