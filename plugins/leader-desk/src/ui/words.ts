import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import type zh from "./zh-CN.json";

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
type Say = (key: PathsOf<typeof zh>, values?: Readonly<Record<string, string | number>>) => string;

/** What every screen of the plugin needs. */
export function useLeaderDesk() {
  const { t, rpc, language, can, user } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  return { say, rpc, language, can, timeZone: user?.timeZone ?? "UTC" };
}
