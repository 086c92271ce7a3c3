import { dayOf, type Id, type ReleasedFigures, type Text, type Theme, themes } from "@doorstep/sdk";
import { forecastOf } from "../rules/pile-up.ts";
import { seasonsOf, seasonsTo } from "../rules/seasons.ts";
import { seriesOf, totalOf } from "../rules/warnings-in.ts";
import { type Look, namesOf, themeNamesOf } from "./look.ts";
import { addMonths, monthsTo } from "./months.ts";
import { type Dataset, newestOf } from "./released.ts";
import type { ShareName } from "./share-names.ts";

/** Each with all below it, and what the unit has of its own. */
interface Row {
  readonly unitId: Id;
  readonly name: Text;
  readonly own: boolean;
}

const YEAR = 12;

/** Figures of the unit itself; its own only where it is asked so. */
const ofUnit = ({ unit }: Look, figures: readonly ReleasedFigures[], own = false): readonly ReleasedFigures[] =>
  figures.filter((one) => one.unitId === unit.id && one.own === own);

/** How many were registered, month by month, beside the same month of the year before. */
export async function trendOf(look: Look) {
  const figures = ofUnit(look, await look.figures("registration"));
  const newest = newestOf(figures);
  if (newest === undefined) return [];
  const byMonth = new Map(figures.map((one) => [one.month, one]));
  const totalIn = (month: string): number | null => byMonth.get(month)?.total ?? null;
  const seasonOf = seasonsOf(look.settings);
  return monthsTo(newest, YEAR).map((month) => ({
    ...{ month, season: seasonOf(month), total: totalIn(month), yearBefore: totalIn(addMonths(month, -YEAR)) },
    /** the months of the line that were released again, since more came to light */
    corrections: [addMonths(month, -YEAR), month].flatMap((one) => {
      const { number = 1, releasedAt = "" } = byMonth.get(one) ?? {};
      return number > 1 ? [{ month: one, number, on: dayOf(releasedAt, look.unit.timeZone) }] : [];
    }),
  }));
}

/**
 * What falls due in the months to come, beside what the unit answers in a month: what was registered two months before, and of the
 * month after those what is to be expected. `null` where the newest months say too little.
 */
export async function forecastFor(look: Look) {
  const registration = await look.figures("registration");
  const answer = await look.figures("answer");
  const [registered, answered] = [newestOf(registration), newestOf(answer)];
  if (registered === undefined || answered === undefined) return null;
  const next = addMonths(registered, 1);
  const seasonOf = seasonsOf(look.settings);
  const forecast = forecastOf(
    seriesOf(registration, look.unit.id, registered, totalOf),
    seriesOf(answer, look.unit.id, answered, totalOf),
    seasonsTo(seasonOf, next, 3 * YEAR),
  );
  if (!forecast) return null;
  return {
    pace: forecast.pace,
    months: forecast.due.map((due, n) => ({
      ...{ month: addMonths(next, n), due, isExpected: n === 2 },
      season: n === 2 ? seasonOf(next) : null,
    })),
  };
}

/** The unit's own row first, then those of the units right below it, of one month. */
async function rowsOf(look: Look, figures: readonly ReleasedFigures[], month: string) {
  const below = new Map((await look.below()).map((one) => [one.id, one.name]));
  return figures.flatMap((one): readonly (Row & { readonly of: ReleasedFigures })[] => {
    if (one.month !== month) return [];
    const { unitId, own } = one;
    if (unitId === look.unit.id) return own || below.size === 0 ? [{ unitId, own, name: look.unit.name, of: one }] : [];
    const name = below.get(unitId);
    return name ? [{ unitId, own, name, of: one }] : [];
  });
}

/** Units by category, of the newest month. */
export async function heatOf(look: Look) {
  const figures = await look.figures("registration");
  const month = newestOf(figures);
  if (month === undefined) return null;
  const rows = await rowsOf(look, figures, month);
  return {
    month,
    names: await namesOf(look, "category"),
    rows: rows.map(({ of, ...row }) => ({ ...row, total: of.total, categories: of.dimensions.category ?? {} })),
  };
}

/**
 * What petitions of the newest month were about by their own words, beside the month before and the same one of the year before, what
 * rose the most first. One may be about several: they are no parts of a whole. `null` where no words were looked at yet.
 */
export async function themesOf(look: Look) {
  const figures = ofUnit(look, await look.figures("registration"));
  const month = newestOf(figures);
  const now = figures.at(-1);
  if (month === undefined || !now) return null;
  const numberOf = (when: string, theme: Theme): number | null | undefined =>
    figures.find((one) => one.month === when)?.measures[theme]?.yes;
  const [before, yearBefore] = [addMonths(month, -1), addMonths(month, -YEAR)];
  const rows = themes.flatMap((theme) => {
    const count = numberOf(month, theme);
    // absent: nobody has looked for it in that month
    const earlier = { before: numberOf(before, theme), yearBefore: numberOf(yearBefore, theme) };
    return count === undefined || (count === 0 && !earlier.before) ? [] : [{ theme, now: count, ...earlier }];
  });
  if (themes.every((theme) => now.measures[theme] === undefined)) return null;
  const rise = (one: (typeof rows)[number]): number =>
    one.now === null ? Number.NEGATIVE_INFINITY : one.now - (one.before ?? 0);
  return { month, names: await themeNamesOf(look), rows: rows.toSorted((a, b) => rise(b) - rise(a)) };
}

interface Share {
  readonly above: number | null;
  readonly below: number | null;
}

const yes = (one: ReleasedFigures | undefined, measure: string): number | null => one?.measures[measure]?.yes ?? null;

const shares = {
  repeat: { dataset: "registration", of: (one) => ({ above: yes(one, "repeat"), below: one.total }) },
  onTime: { dataset: "conclusion", of: (one) => ({ above: yes(one, "inTime"), below: one.total }) },
  joint: { dataset: "together", of: (one) => ({ above: yes(one, "joint"), below: one.total }) },
  satisfied: { dataset: "answer", of: (one) => ({ above: yes(one, "unitSatisfied"), below: yes(one, "rated") }) },
} as const satisfies Record<ShareName, { readonly dataset: Dataset; readonly of: (one: ReleasedFigures) => Share }>;

/** A share of the unit and of those right below it, of the newest month. */
export async function shareOf(look: Look, name: ShareName) {
  const { dataset, of } = shares[name];
  const figures = await look.figures(dataset);
  const month = newestOf(figures);
  if (month === undefined) return null;
  const rows = await rowsOf(look, figures, month);
  const whole = ofUnit(look, figures).find((one) => one.month === month);
  return {
    month,
    whole: whole ? of(whole) : null,
    rows: rows.map(({ of: figuresOf, ...row }) => ({ ...row, ...of(figuresOf) })),
  };
}

interface Cell extends Row {
  readonly category: string;
  readonly more: number;
}

/** Where most of the change comes from: the cell that has moved the furthest the same way. */
function mainCell(now: Heat, before: Heat, way: number): Cell | null {
  const cells = now.flatMap((row) =>
    Object.entries(row.categories).flatMap(([category, count]): readonly Cell[] => {
      const then = before.find((one) => one.unitId === row.unitId && one.own === row.own)?.categories[category];
      if (count === null || typeof then !== "number") return [];
      const { unitId, name, own } = row;
      return (count - then) * way > 0 ? [{ unitId, name, own, category, more: count - then }] : [];
    }),
  );
  return cells.toSorted((a, b) => (b.more - a.more) * way)[0] ?? null;
}

type Heat = readonly (Row & { readonly categories: Readonly<Record<string, number | null>> })[];

/** The first line: how much more or less than the month before, and mainly where. `null`: nothing was released yet. */
export async function headlineOf(look: Look) {
  const figures = await look.figures("registration");
  const whole = ofUnit(look, figures);
  const month = newestOf(whole);
  if (month === undefined) return null;
  const earlier = addMonths(month, -1);
  const totalOf = (of: string): number | null => whole.find((one) => one.month === of)?.total ?? null;
  const heat = async (of: string): Promise<Heat> =>
    (await rowsOf(look, figures, of)).map((row) => ({ ...row, categories: row.of.dimensions.category ?? {} }));
  const [total, before] = [totalOf(month), totalOf(earlier)];
  const change = total !== null && before !== null && before > 0 ? (total - before) / before : null;
  const from = change ? mainCell(await heat(month), await heat(earlier), Math.sign(change)) : null;
  const names = await namesOf(look, "category");
  return { month, total, before, change, from: from && { ...from, categoryName: names[from.category] ?? null } };
}
