import { definePlugin } from "@doorstep/sdk";
import { type AnyPluginServer, pluginServer } from "@doorstep/sdk/server";

/** A plugin that does nothing, for what is about switches alone. */
export function plain(
  id: string,
  more: {
    readonly requires?: Readonly<Record<string, string>>;
    readonly onByDefault?: boolean;
    readonly sdk?: string;
  } = {},
): AnyPluginServer {
  const text = { "zh-CN": `模块${id}`, en: `Module ${id}` };
  return pluginServer(
    definePlugin({
      id,
      title: text,
      purpose: text,
      sdk: more.sdk ?? "^1.0.0",
      ...(more.requires && { requires: more.requires }),
      ...(more.onByDefault !== undefined && { onByDefault: more.onByDefault }),
    }),
    {},
  );
}
