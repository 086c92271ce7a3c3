import { formatNumber, usePlugin } from "@doorstep/sdk/ui";
import { isStep } from "../own/step-codes.ts";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import type zh from "./zh-CN.json";

type PathsOf<C> = { [K in keyof C & string]: C[K] extends string ? K : `${K}.${PathsOf<C[K]>}` }[keyof C & string];
type Say = (key: PathsOf<typeof zh>, values?: Readonly<Record<string, string | number>>) => string;

/** Hours up to two days, days from then on. */
const HOURS = 48;

/** What every screen of the plugin needs. */
export function useProcess() {
  const { t, rpc, language } = usePlugin<typeof server>(plugin);
  const say: Say = t;
  const number = (value: number): string => formatNumber(value, language);
  return {
    ...{ say, rpc, language, number },
    /** own steps by their words; those of other systems are named as they were there */
    nameOf: (activity: string): string => (isStep(activity) ? say(`step.${activity}`) : activity),
    duration: (hours: number): string =>
      hours < HOURS ? say("hours", { n: number(hours) }) : say("days", { n: number(Math.round(hours / 2.4) / 10) }),
  };
}
