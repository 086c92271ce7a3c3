import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import type zh from "./zh-CN.json";

/** What every screen of the plugin needs. */
export function usePrint() {
  const { t, rpc, language, unit, can } = usePlugin<typeof server>(plugin);
  const say = (key: keyof typeof zh, values?: Readonly<Record<string, string | number>>): string => t(key, values);
  return { say, rpc, language, unit, can };
}
