import { testCalendar } from "../testing/index.ts";

/** Lengths of domain SPEC §5: days, or working days. */
const lengths: Readonly<Record<string, readonly [number, "day" | "workday"]>> = {
  K1: [1, "workday"],
  K2: [15, "day"],
  // what a level that passes on has of it, by its place [State Bureau 5 + 3 + 3 + 4]
  "K2b.second": [3, "day"],
  "K2b.third": [3, "day"],
  "K2b.fourth": [4, "day"],
  K3: [5, "workday"],
  K4: [60, "day"],
  K6: [3, "workday"],
  K7: [1, "workday"],
  K8: [10, "workday"],
  K9: [30, "day"],
  K10: [1, "workday"],
  "K10.upward": [5, "workday"],
  K11: [15, "workday"],
  K12: [30, "day"],
  K13: [3, "workday"],
  K14: [30, "day"],
  K15: [30, "day"],
  K16: [30, "day"],
  K18: [30, "day"],
  K19: [30, "day"],
  K21: [30, "day"],
  K22: [30, "day"],
  K26: [10, "workday"],
  K28: [10, "day"],
  K29: [5, "workday"],
  K30: [3, "day"],
};

const announced = new Map(testCalendar.days.map((d) => [d.date, d.kind]));
const DAY_MS = 86_400_000;
const next = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
const isWorkday = (day: string): boolean => {
  const kind = announced.get(day);
  return kind ? kind === "work" : ![0, 6].includes(new Date(day).getUTCDay());
};

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The day on which it ends, one day after another: the first is not counted, a last day off is moved on [SPEC §5]. */
export function dueDay(
  clock: { readonly code: string; readonly rule: string | null },
  start: string,
  more: { readonly own?: number; readonly extension: number; readonly excluded: readonly Span[] },
): string | undefined {
  const rule = lengths[clock.rule ?? clock.code] ?? lengths[clock.code];
  if (!rule && more.own === undefined) return undefined;
  // days that a body above has set count as they are, whatever the rule counts in
  const [amount, unit] = more.own === undefined && rule ? rule : [0, "day"];
  const out = (day: string): boolean => more.excluded.some((s) => s.from <= day && day <= s.to);
  let day = start;
  for (let left = (more.own ?? amount) + more.extension; left > 0; ) {
    day = next(day);
    if (!out(day) && (unit === "day" || isWorkday(day))) left--;
  }
  const counted = day;
  while (!isWorkday(day) || (day > counted && out(day))) day = next(day);
  return day;
}
