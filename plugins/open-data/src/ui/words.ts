import { formatInstant, usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import type zh from "./zh-CN.json";

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
type Say = (key: PathsOf<typeof zh>, values?: Readonly<Record<string, string | number>>) => string;

interface Facts {
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly publishedAt: string;
  /** of the house; absent at the desk, whose screens have it */
  readonly timeZone?: string | undefined;
}

/** What every screen of the plugin needs. */
export function useOpenData() {
  const { t, rpc, language, unit } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  return {
    ...{ say, rpc, language },
    /** where a program gets a file, for as long as something of the series stands */
    addressOf: (seriesId: string, file: string): string | null =>
      unit && `${location.origin}/x/${plugin.id}/${encodeURIComponent(unit.code)}/files/${seriesId}/${file}`,
    /** which months, which version, since when */
    factsOf: ({ from, to, version, publishedAt, timeZone }: Facts): string =>
      say("facts", { from, to, version, on: formatInstant(publishedAt, language, timeZone) }),
  };
}
