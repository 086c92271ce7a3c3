import { purposes } from "@doorstep/sdk";
import { channel, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";

const form = z.object({
  purpose: z.enum(purposes),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(5).max(20_000),
  alreadyTried: z.string().trim().max(2_000).default(""),
});

// biome-ignore lint/style/noDefaultExport: the host loads the server half by its default export
export default pluginServer(plugin, {
  channels: {
    online: channel(plugin, {
      title: { "zh-CN": "网上填写", en: "Fill in online" },
      via: "online",
      page: "/",
      form,
      anonymous: (ctx) => ctx.settings.anonymousAllowed,
      toCase: (_ctx, filled) => filled,
    }),
  },
});
