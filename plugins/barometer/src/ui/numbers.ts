import type { Text } from "@doorstep/sdk";
import { formatNumber } from "@doorstep/sdk/ui";
import { useBarometer } from "./words.ts";

/** How numbers and units are written here. */
export function useNumbers() {
  const { say, language } = useBarometer();
  const percent = (share: number): string => `${formatNumber(Math.round(share * 1_000) / 10, language)}%`;
  return {
    percent,
    count: (value: number | null | undefined): string =>
      typeof value === "number" ? formatNumber(value, language) : say("hidden"),
    /** a share with what it is made of */
    share: (above: number | null, below: number | null): string => {
      if (below === 0) return say("nothing");
      if (above === null || below === null) return say("hidden");
      return say("share", { percent: percent(above / below), above, below });
    },
    unitOf: (row: { readonly name: Text; readonly own: boolean }): string =>
      row.own ? say("own", { unit: row.name[language] }) : row.name[language],
  };
}
