import { pinyin } from "pinyin-pro";

/** Both sides of a search by name: width, case and spaces make no difference. */
export const searchForm = (words: string): string => words.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");

/** What a Chinese name is found by on a Latin keyboard: its full pinyin and its initials, `houqinchu hqc`. */
export function pinyinForm(name: string): string {
  const normal = name.normalize("NFKC");
  const options = { toneType: "none", type: "array", nonZh: "consecutive", v: true } as const;
  const full = searchForm(pinyin(normal, options).join(""));
  const initials = searchForm(pinyin(normal, { ...options, pattern: "first" }).join(""));
  return full === initials ? full : `${full} ${initials}`;
}

/** `%` and `_` are letters like any other in what people type. */
export const likePattern = (words: string): string => words.replace(/[\\%_]/g, "\\$&");
