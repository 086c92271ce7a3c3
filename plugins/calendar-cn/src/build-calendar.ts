import type { Calendar } from "@doorstep/sdk";
import type { YearlyNotice } from "./notices.ts";

const DAY_MS = 86_400_000;

function* daysFrom(from: string, to: string) {
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) yield new Date(ms).toISOString().slice(0, 10);
}

/** Joins the yearly notices into one calendar version that holds every announced day. */
export function buildCalendar(id: string, notices: readonly YearlyNotice[]): Calendar {
  const years = notices.map((n) => n.year);
  const days = notices.flatMap((notice) =>
    notice.holidays.flatMap((h) => {
      const name = { "zh-CN": h.zh, en: h.en };
      return [
        ...[...daysFrom(...h.off)].map((date) => ({ date, kind: "off" as const, name })),
        ...(h.work ?? []).map((date) => ({ date, kind: "work" as const, name })),
      ];
    }),
  );
  return {
    id,
    region: "cn",
    title: { "zh-CN": "中国法定节假日与调休", en: "Official holidays and make-up working days of China" },
    officialFrom: `${Math.min(...years)}-01-01`,
    officialUntil: `${Math.max(...years)}-12-31`,
    sources: notices.map((n) => ({
      "zh-CN": `国务院办公厅关于${n.year}年部分节假日安排的通知（${n.announcedOn}）`,
      en: `Notice of the General Office of the State Council on the holidays of ${n.year} (${n.announcedOn})`,
    })),
    days: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  };
}
