import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../../plugin.ts";
import type server from "../../server.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

type Words = typeof zh;
type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
export type HelpKey = PathsOf<Words>;
export type SayHelp = (key: HelpKey, values?: Readonly<Record<string, string>>) => string;

const catalogs: Readonly<Record<"zh-CN" | "en", Words>> = { "zh-CN": zh, en };

/** Words of their own: they come with these two pages, and weigh nothing where somebody files. */
function wordsAt(words: Words, key: string): string {
  const found = key
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words);
  return typeof found === "string" ? found : key;
}

export function useHelp() {
  const { language, rpc } = usePlugin<typeof server>(plugin);
  const say: SayHelp = (key, values = {}) =>
    wordsAt(catalogs[language], key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
  return { say, language, rpc };
}
