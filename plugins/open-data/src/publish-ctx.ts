import type { Plugin, PluginSpec } from "@doorstep/sdk";
import type { RequestCtx } from "@doorstep/sdk/server";
import type { plugin } from "./plugin.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type PublishCtx = RequestCtx<SpecOf<typeof plugin>>;
