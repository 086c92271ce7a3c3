const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/**
 * A day as letters write it: `2026年12月8日`, `8 December 2026`. The same on every machine, so that a letter stays what it was.
 *
 * @param day - `YYYY-MM-DD`
 * @since 1.1
 */
export function letterDay(day: string, language: "zh-CN" | "en"): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return language === "zh-CN" ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1] ?? month} ${year}`;
}
