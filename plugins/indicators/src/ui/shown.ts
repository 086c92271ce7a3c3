import { formatNumber } from "@doorstep/sdk/ui";
import type { IndicatorCode } from "../facts/things.ts";
import { useIndicators } from "./words.ts";

interface Share {
  readonly above: number | null;
  readonly below: number | null;
}

/** A share with what it is made of; a number that is not shown is named as such. */
export function useShown(): (share: Share) => string {
  const { say, language } = useIndicators();
  const number = (value: number | null): string => (value === null ? say("hidden") : formatNumber(value, language));
  return ({ above, below }) => {
    if (below === 0) return say("nothing");
    const isWhole = above !== null && below !== null;
    const percent = isWhole ? `${formatNumber(Math.round((above / below) * 1_000) / 10, language)}%` : say("hidden");
    return above === null && below === null
      ? say("hidden")
      : say("share", { percent, above: number(above), below: number(below) });
  };
}

interface Spread {
  readonly track: string;
  readonly count: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly mean: number;
}

const trackNames = ["all", "simple", "ordinary", "suggestion", "accusation", "statutory", "none"] as const;

/** How long it took, by track; how often it was handed over. */
export function useSpreadWords(): (code: IndicatorCode, spread: Spread) => string {
  const { say, language } = useIndicators();
  const number = (value: number): string => formatNumber(Math.round(value * 10) / 10, language);
  return (code, { track, count, median, ninetieth, mean }) => {
    if (code === "I10") return say("spread.hops", { mean: number(mean) });
    const name = say(`track.${trackNames.find((one) => one === track) ?? "none"}`);
    return say("spread.days", { track: name, count, median: number(median), ninetieth: number(ninetieth) });
  };
}
