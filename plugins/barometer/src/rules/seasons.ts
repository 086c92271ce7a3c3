import { addMonths } from "../figures/months.ts";

/** What comes back every year, or on days that a unit knows of [SPEC §14]. */
export const seasonKinds = ["discharge", "promotion", "school", "pay"] as const;
export type SeasonKind = (typeof seasonKinds)[number];

/** As a unit lists them: `3,9` each year, `2026-06` that month alone. */
export type SeasonsListed = Readonly<Record<SeasonKind, string>>;

export const listedMonths = /^\s*$|^\s*(\d{4}-)?(0?[1-9]|1[0-2])(\s*[,，、]\s*(\d{4}-)?(0?[1-9]|1[0-2]))*\s*$/;

/** The season in which a month lies; `null` for none. */
export type SeasonOf = (month: string) => SeasonKind | null;

const holds = (listed: string, month: string): boolean =>
  listed.split(/[,，、]/).some((one) => {
    const said = one.trim();
    return said === month || (/^\d{1,2}$/.test(said) && Number(said) === Number(month.slice(5)));
  });

export const seasonsOf =
  (listed: SeasonsListed): SeasonOf =>
  (month) =>
    seasonKinds.find((kind) => holds(listed[kind], month)) ?? null;

/** The seasons of so many months, the newest last. */
export const seasonsTo = (seasonOf: SeasonOf, newest: string, count: number): readonly (SeasonKind | null)[] =>
  Array.from({ length: count }, (_, n) => seasonOf(addMonths(newest, n - count + 1)));
