import type { Language } from "../text/languages.ts";

interface Limit {
  readonly of: string;
  readonly is: number;
}

/** What an error says of the fields that were sent: by path, the kind of mistake and the limit it broke. */
interface Refused {
  readonly code?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, Limit>>;
}

const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  "zh-CN": {
    "too_small.characters": "太短了，最少 {is} 个字",
    "too_big.characters": "太长了，最多 {is} 个字",
    "too_small.number": "最小填 {is}",
    "too_big.number": "最大填 {is}",
    "too_small.items": "最少选 {is} 项",
    "too_big.items": "最多选 {is} 项",
    empty: "请填写",
    wrong: "这一项填写不符合要求，请更正",
  },
  en: {
    "too_small.characters": "Too short: at least {is} characters",
    "too_big.characters": "Too long: at most {is} characters",
    "too_small.number": "The least is {is}",
    "too_big.number": "The most is {is}",
    "too_small.items": "Choose at least {is}",
    "too_big.items": "Choose at most {is}",
    empty: "Please fill this in",
    wrong: "This is not filled in as needed: please correct it",
  },
};

/** A path leads through lists and groups (`people.0.name`): the last name on it that the form has is the field. */
function fieldOf(path: string, names: readonly string[]): string | undefined {
  return [path, ...path.split(".").reverse()].find((name) => names.includes(name));
}

function sentence(code: string, limit: Limit | undefined, language: Language): string {
  const say = words[language];
  if (code === "too_small" && limit?.is === 1 && limit.of === "characters") return say["empty"] ?? "";
  const found = limit && say[`${code}.${limit.of}`];
  return limit && found ? found.replace("{is}", limit.is.toLocaleString(language)) : (say["wrong"] ?? "");
}

/**
 * The fields of a form that the server found wrong, each with what to do, in the order of the form; nothing where the error
 * is of another kind or speaks of no field of this form.
 */
export function markRefused(
  error: unknown,
  names: readonly string[],
  language: Language,
): Readonly<Record<string, string>> {
  const refused = (error as { readonly data?: Refused | null } | null | undefined)?.data;
  if (refused?.code !== "input.invalid") return {};
  const wrong = new Map<string, string>();
  for (const [path, code] of Object.entries(refused.fields ?? {})) {
    const name = fieldOf(path, names);
    if (name !== undefined && !wrong.has(name)) wrong.set(name, sentence(code, refused.limits?.[path], language));
  }
  return Object.fromEntries(names.flatMap((name) => (wrong.has(name) ? [[name, wrong.get(name) ?? ""]] : [])));
}
