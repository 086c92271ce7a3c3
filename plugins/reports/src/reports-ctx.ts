import type { Plugin, PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import type { plugin } from "./plugin.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type ReadCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
