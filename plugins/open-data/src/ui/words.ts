import { formatInstant, usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import zh from "./zh-CN.json" with { type: "json" };

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
type Say = (key: PathsOf<typeof zh>, values?: Readonly<Record<string, string | number>>) => string;

interface Facts {
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly publishedAt: string;
}

/** What every screen of the plugin needs. */
export function useOpenData() {
  const { t, rpc, language } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  return {
    ...{ say, rpc, language },
    /** which months, which version, since when */
    factsOf: ({ from, to, version, publishedAt }: Facts): string =>
      say("facts", { from, to, version, on: formatInstant(publishedAt, language) }),
  };
}
