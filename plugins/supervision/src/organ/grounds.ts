/** What R22:42-46 hold liable, by article and number. */
export const grounds = [
  ...(["42-1", "42-2", "42-3", "42-4"] as const),
  ...(["43", "44-1", "44-2", "44-3"] as const),
  ...(["45-1", "45-2", "45-3", "45-4"] as const),
  ...(["46-1", "46-2", "46-3", "46-4", "46-5", "46-6", "46-7"] as const),
] as const;

export type Ground = (typeof grounds)[number];

const HAN = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/** `42` as statutes write it. */
const han = (n: number): string => `${n < 20 ? "" : (HAN[Math.floor(n / 10)] ?? "")}十${HAN[n % 10] ?? ""}`;

/** The article as it is cited: `第四十二条第三项`, `article 42 (3)`. */
export function cited(ground: Ground, language: "zh-CN" | "en"): string {
  const [article = 0, item] = ground.split("-").map(Number);
  if (language === "en") return `article ${article}${item === undefined ? "" : ` (${item})`}`;
  return `第${han(article)}条${item === undefined ? "" : `第${HAN[item] ?? item}项`}`;
}

/** Who answers how far [SPEC 12.3]. */
export const grades = ["main", "important", "direct"] as const;

/** What follows [SPEC 12.3]. */
export const measures = ["circular", "admonition", "organisational", "discipline"] as const;
