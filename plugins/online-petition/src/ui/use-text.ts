import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type { Words } from "./words.ts";

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];

export type TextKey = PathsOf<Words>;
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The plugin's words; a key that is not in the catalogue does not compile. */
export function useText(): Say {
  const { t } = usePlugin(plugin);
  return t;
}
