import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import type zh from "./zh-CN.json";

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];

/** `pages` for `pages_one` and `pages_other`. */
type Counted<K> = K extends `${infer Name}_other` ? Name : K extends `${string}_one` ? never : K;

/** The plugin's words; a key that is not in the catalogue does not compile. */
type TextKey = Counted<PathsOf<typeof zh>>;
type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** What every screen of the plugin needs: words, calls, settings and language. */
export function useLetterDesk() {
  const { t, rpc, settings, language, can, unit } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  return { say, rpc, settings, language, can, unit };
}
