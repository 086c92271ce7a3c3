import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import zh from "./zh-CN.json" with { type: "json" };

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
type Say = (key: PathsOf<typeof zh>, values?: Readonly<Record<string, string | number>>) => string;

/** Why a package could not be posted, as far as there are words for it. */
export const isFailure = (reason: string | null): reason is keyof typeof zh.failure =>
  reason !== null && Object.hasOwn(zh.failure, reason);

/** What every screen of the plugin needs. */
export function useReferral() {
  const { t, rpc, language, can, unit } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  return {
    ...{ say, rpc, language, can },
    /** where partners call */
    addressOf: (name: string): string | null =>
      unit && `${location.origin}/x/${plugin.id}/${encodeURIComponent(unit.code)}/${name}`,
  };
}
