import type { Text } from "@doorstep/contracts";

type Language = "zh-CN" | "en";

interface Worded {
  readonly title: Text;
  readonly words: (value: unknown, language: Language) => string;
}

/** What one addition may take of a matter's text. */
const MAX = 2_000;

/** An answer as it stands in the matter, its title above it; empty where there is none or the plugin cannot say it. */
export function inWords(of: Worded, value: unknown, language: Language): string {
  try {
    const said = of.words(value, language).trim();
    return said === "" ? "" : `${of.title[language]}\n${said.slice(0, MAX)}`;
  } catch {
    return "";
  }
}
