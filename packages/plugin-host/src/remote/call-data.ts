import type { Manifest } from "@doorstep/sdk";
import type { CallData } from "@doorstep/sdk/runner";
import { REQUEST_ID } from "@doorstep/sdk/server";

type Ctx = Readonly<Record<string | symbol, unknown>>;

/** What every context has; everything else in it is a group of functions that a capability brought. */
const PLAIN = new Set(["unit", "settings", "signal", "now", "newId", "log", "contributions", "user", "can", "db"]);

const groupsOf = (ctx: Ctx): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  Object.entries(ctx).flatMap(([name, value]) =>
    PLAIN.has(name) || typeof value !== "object" || value === null ? [] : [[name, value as Record<string, unknown>]],
  );

/** The functions of a context by `group.name`, the only ones that its plugin can ask for. */
export const functionsOf = (ctx: Ctx): ReadonlyMap<string, (...args: unknown[]) => Promise<unknown>> =>
  new Map(
    groupsOf(ctx).flatMap(([group, functions]) =>
      Object.entries(functions).flatMap(([name, run]) =>
        typeof run === "function" ? [[`${group}.${name}`, run as (...args: unknown[]) => Promise<unknown>]] : [],
      ),
    ),
  );

/** The part of a context that can be copied. */
export function callDataOf(manifest: Manifest, ctx: Ctx): CallData {
  const can = ctx.can as (permission: string) => boolean;
  return {
    unit: ctx.unit as CallData["unit"],
    settings: ctx.settings as CallData["settings"],
    now: ctx.now as string,
    user: ctx.user as CallData["user"],
    permissions: Object.keys(manifest.permissions).filter((name) => can(name)),
    requestId: (ctx[REQUEST_ID] as string | undefined) ?? "",
    functions: [...functionsOf(ctx).keys()],
  };
}
