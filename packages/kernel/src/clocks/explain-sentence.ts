import { type ClockCode, clockNames, type Explain, type Locale, type Text } from "@doorstep/contracts";

const zhDate = (date: string) => {
  const [year, month, day] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
};
const enFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const MOST_DATES = 50_000;
const enDates = new Map<string, string>();
function enDate(date: string): string {
  const known = enDates.get(date);
  if (known !== undefined) return known;
  const made = enFormat.format(new Date(`${date}T00:00:00Z`));
  if (enDates.size >= MOST_DATES) enDates.clear();
  enDates.set(date, made);
  return made;
}

/** A local date as people read it: `2026年2月3日`, `3 February 2026`. */
export const dateText = (date: string, locale: Locale): string => (locale === "zh-CN" ? zhDate(date) : enDate(date));

const zhUnit = { day: "日", workday: "个工作日", hour: "小时" } as const;
const enUnit = { day: "day", workday: "working day", hour: "hour" } as const;
const enAmount = (n: number, unit: Explain["unit"]) => `${n} ${enUnit[unit]}${n === 1 ? "" : "s"}`;
const zhAmount = (n: number, unit: Explain["unit"]) => `${n}${zhUnit[unit]}`;

const whyExcluded = {
  hearing: { "zh-CN": "听证时间", en: "for the hearing" },
  other: { "zh-CN": "依规不计入的时间", en: "that do not count" },
} as const satisfies Record<string, Text>;

const nameOf = (x: Explain, locale: Locale) => clockNames[x.rule.split(".")[0] as ClockCode][locale];
const clockTime = (x: Explain) => {
  if (x.unit !== "hour" || x.dueAt === undefined) return "";
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: x.timeZone ?? "UTC", hour: "2-digit", minute: "2-digit" });
  return parts.format(new Date(x.dueAt));
};
const excludedDays = (x: Explain) => (x.excluded ?? []).reduce((sum, s) => sum + s.days, 0);

const reasons = (x: Explain, locale: Locale) => [...new Set((x.excluded ?? []).map((s) => whyExcluded[s.why][locale]))];
const present = (...parts: readonly (string | number | false | undefined)[]) => parts.filter(Boolean);

function zhCounting(x: Explain): string {
  const length = x.rule.startsWith("K25") ? "" : zhAmount(x.amount, x.unit);
  return present(
    `${nameOf(x, "zh-CN")}：自${x.startedBy["zh-CN"]}（${zhDate(x.start)}）${x.unit === "hour" ? "" : "次日"}起算${length}`,
    x.packAmount !== undefined &&
      `${x.tightenedBy ? `${x.tightenedBy.unit["zh-CN"]}自${zhDate(x.tightenedBy.validFrom)}起` : "本单位"}将规定的${zhAmount(x.packAmount, x.unit)}自行缩短`,
    x.extension && `经批准延长${zhAmount(x.extension, x.unit)}`,
    x.excluded && `${reasons(x, "zh-CN").join("、")}${excludedDays(x)}日不计入`,
    x.unit === "workday" && x.skipped.length > 0 && `其间${x.skipped.length}个休息日、节假日不计`,
    x.rolledFrom && `${zhDate(x.rolledFrom)}期满，因逢休息日或节假日顺延`,
    x.keptFor && "不早于已告知信访人的日期",
    `至${zhDate(x.due)}${clockTime(x) && ` ${clockTime(x)}`}止`,
  ).join("，");
}

type Formerly = NonNullable<Explain["formerly"]>;
const whyRecounted = {
  calendar: { "zh-CN": "放假安排公布后重新计算", en: "counted anew once the holidays were announced" },
  pack: { "zh-CN": "经决定改按该版规定重新计算", en: "counted anew by these rules as decided" },
} as const satisfies Record<Formerly["because"], Text>;
const zhFormerly = (f: Formerly) =>
  `${whyRecounted[f.because]["zh-CN"]}，${f.kept ? "新的到期日已过，仍以原定的" : "原为"}${zhDate(f.due)}${f.kept ? "为准" : ""}`;
const enFormerly = (f: Formerly) =>
  `${whyRecounted[f.because].en}, ${f.kept ? `the new end having passed already, so that ${enDate(f.due)} stands` : `formerly ${enDate(f.due)}`}`;

const zhNotes = (x: Explain): string =>
  present(
    `依据：${x.basis["zh-CN"]}`,
    x.formerly && zhFormerly(x.formerly),
    x.standing === "unverified" && "该期限未经核实",
    x.provisionalAfter && `${zhDate(x.provisionalAfter)}以后的放假安排尚未公布，日期可能调整`,
    x.unknownBefore && `${zhDate(x.unknownBefore)}以前的节假日未计入`,
    x.unit !== "hour" && `日历：${x.calendar}`,
  ).join("；");

const zh = (x: Explain): string => `${zhCounting(x)}（${zhNotes(x)}）。`;

function enCounting(x: Explain): string {
  const length = x.rule.startsWith("K25") ? "as promised" : enAmount(x.amount, x.unit);
  const from = x.unit === "hour" ? "from" : "from the day after";
  const rest = x.skipped.length;
  return present(
    `${nameOf(x, "en")}: ${length} ${from} ${enDate(x.start)}, when ${x.startedBy.en}`,
    x.packAmount !== undefined &&
      `shortened by ${x.tightenedBy ? x.tightenedBy.unit.en : "the unit"} from ${enAmount(x.packAmount, x.unit)}${x.tightenedBy ? ` since ${enDate(x.tightenedBy.validFrom)}` : ""}`,
    x.extension && `extended by ${enAmount(x.extension, x.unit)}`,
    x.excluded && `not counting ${enAmount(excludedDays(x), "day")} ${reasons(x, "en").join(" and ")}`,
    x.unit === "workday" && rest > 0 && `not counting ${enAmount(rest, "day")} of rest or holiday`,
    x.rolledFrom && `moved on from ${enDate(x.rolledFrom)}, which is not a working day`,
    x.keptFor && "not earlier than the petitioner was told",
    `ends on ${enDate(x.due)}${clockTime(x) && ` at ${clockTime(x)}`}`,
  ).join(", ");
}

const enNotes = (x: Explain): string =>
  present(
    `basis: ${x.basis.en}`,
    x.formerly && enFormerly(x.formerly),
    x.standing === "unverified" && "this length has not been verified",
    x.provisionalAfter && `holidays after ${enDate(x.provisionalAfter)} are not announced yet, so the date may move`,
    x.unknownBefore && `holidays before ${enDate(x.unknownBefore)} were not taken into account`,
    x.unit !== "hour" && `calendar ${x.calendar}`,
  ).join("; ");

const en = (x: Explain): string => `${enCounting(x)} (${enNotes(x)}).`;

/** Says in one sentence how a due date came about, from the Explain object alone. */
export const explainSentence = (explain: Explain, locale: Locale): string =>
  locale === "zh-CN" ? zh(explain) : en(explain);

/** The sentence in both languages, as contracts carry it. */
export const explainText = (explain: Explain): Text => ({ "zh-CN": zh(explain), en: en(explain) });
